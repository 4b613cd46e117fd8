package dev.waymark.jobs.ports;

import dev.waymark.jobs.config.JobConfig;
import dev.waymark.schemas.Topics;
import dev.waymark.schemas.event.Decoded;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * Finished files of events (JSON, one a line) in the place of the topic, merged by time, so that
 * the same topology runs over them and ends. A file is a partition and a line an offset. Held in
 * memory; for parallelism 1, as a topic's order is that of its partitions.
 */
public final class BoundedEvents {
  private static final long UNKNOWN = -1;

  private BoundedEvents() {}

  /**
   * The lines of all files, by time; equal times in the order of the files, and a line that is no
   * event stays behind the one before it.
   */
  public static Source<Incoming, ?, ?> ofFiles(String job, JobConfig config, List<Path> files)
      throws IOException {
    RecordDecoder decoder = new RecordDecoder(job, config.decode(), config.time().clockSkewMs());
    List<String> names = files.stream().map(Path::toString).toList();
    long count = 0;
    for (Path file : files) {
      count += lines(file).size();
    }
    return new DataGeneratorSource<>(
        new Lines(decoder, names), count, IncomingTypeInfoFactory.TYPE);
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
  }

  /** Gives the n-th record; the files are read where the source runs. */
  private static final class Lines implements GeneratorFunction<Long, Incoming> {
    private final RecordDecoder decoder;
    private final List<String> files;
    private transient List<Incoming> records;

    @SuppressWarnings("NullAway.Init") // filled by open
    Lines(RecordDecoder decoder, List<String> files) {
      this.decoder = decoder;
      this.files = new ArrayList<>(files);
    }

    private record Timed(long micros, Incoming incoming) {}

    @Override
    public void open(SourceReaderContext context) throws IOException {
      List<Timed> timed = new ArrayList<>();
      for (int file = 0; file < files.size(); file++) {
        read(file, timed);
      }
      records =
          timed.stream()
              .sorted(Comparator.comparingLong(Timed::micros))
              .map(Timed::incoming)
              .toList();
    }

    @Override
    public Incoming map(Long index) {
      return records.get(Math.toIntExact(index));
    }

    private void read(int file, List<Timed> timed) throws IOException {
      long micros = Long.MIN_VALUE;
      int offset = 0;
      for (String line : lines(Path.of(files.get(file)))) {
        byte[] value = line.getBytes(StandardCharsets.ISO_8859_1);
        Incoming incoming =
            decoder.decode(new RawRecord(value, Topics.EVENTS, file, offset++, UNKNOWN));
        Decoded decoded = incoming.decoded();
        micros = decoded == null ? micros : decoded.timeMicros();
        timed.add(new Timed(micros, incoming));
      }
    }
  }
}
