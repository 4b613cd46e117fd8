package dev.waymark.client.send;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class LineReaderProperties {
  private static final int MAX_LINE = 20;
  private static final String TOO_LONG = "<too long>";

  @Property
  void givesEveryLineByteForByteHoweverTheBytesArrive(
      @ForAll("lines") List<String> lines,
      @ForAll boolean windows,
      @ForAll boolean endsOpen,
      @ForAll @IntRange(min = 1, max = 7) int chunk)
      throws IOException {
    // Given
    String lineEnd = windows ? "\r\n" : "\n";
    String text = String.join(lineEnd, lines) + (endsOpen ? "" : lineEnd);

    // When
    List<String> read = readAll(new Trickle(text.getBytes(ISO_8859_1), chunk));

    // Then
    List<String> expected =
        new ArrayList<>(lines.stream().map(l -> l.length() > MAX_LINE ? TOO_LONG : l).toList());
    if (endsOpen && lines.get(lines.size() - 1).isEmpty()) {
      // Nothing follows the last line end, so there is no such line.
      expected.remove(expected.size() - 1);
    }
    assertThat(read).isEqualTo(expected);
  }

  @Example
  void aLineMayBeLongerThanTheBuffer() throws IOException {
    String line = "x".repeat(700_000);
    try (LineReader reader =
        new LineReader(
            new ByteArrayInputStream((line + "\n" + line + "y\nz").getBytes(ISO_8859_1)),
            line.length())) {
      assertThat(reader.next().line()).isEqualTo(line.getBytes(ISO_8859_1));
      assertThat(reader.next().line()).isNull();
      assertThat(reader.next().line()).isEqualTo(new byte[] {'z'});
      assertThat(reader.next().isEnd()).isTrue();
    }
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.strings()
        .withChars('a', 'b', '{', '"', ' ', '\u00e9')
        .ofMaxLength(MAX_LINE + 3)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private static List<String> readAll(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(in, MAX_LINE)) {
      for (LineReader.Read read = reader.next(); !read.isEnd(); read = reader.next()) {
        byte[] line = read.line();
        lines.add(line == null ? TOO_LONG : new String(line, ISO_8859_1));
      }
    }
    return lines;
  }

  /** Gives a few bytes at a time, as pipes do. */
  private static final class Trickle extends InputStream {
    private final ByteArrayInputStream bytes;
    private final int chunk;

    Trickle(byte[] bytes, int chunk) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.chunk = chunk;
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, Math.min(chunk, length));
    }
  }
}
