package dev.waymark.checks;

import java.util.List;

/**
 * What the checks made of an event.
 *
 * @param bytes the event to be stored, personal data and secrets redacted; the very same array as
 *     it came where nothing was. Of a refused event too, as that is recorded
 * @param findings in the order of the checks, then of the event
 * @param isRefused whether a finding refuses it; never in shadow mode
 */
public record Checked(byte[] bytes, List<Finding> findings, boolean isRefused) {}
