package dev.waymark.api.export;

import java.util.Locale;

/** What an export is written as. */
public enum ExportFormat {
  CSV("text/csv; charset=utf-8; header=present"),
  NDJSON("application/x-ndjson");

  private final String mediaType;

  ExportFormat(String mediaType) {
    this.mediaType = mediaType;
  }

  public String mediaType() {
    return mediaType;
  }

  /** As in the parameter, and at the end of a file's name: csv, ndjson. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
