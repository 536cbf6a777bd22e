package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Files in memory. */
final class TestFiles {
  private TestFiles() {}

  static Safetensors content(Map<String, String> metadata, Map<String, StoredArray> arrays) {
    return new Safetensors(new LinkedHashMap<>(metadata), new LinkedHashMap<>(arrays));
  }

  /** A text and an array of two numbers, which are different for each number. */
  static Safetensors numbered(long number) {
    return content(
        Map.of("number", Long.toString(number)),
        Map.of("w", StoredArray.of(new float[] {number, -number}, 2)));
  }

  static byte[] write(Safetensors content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      content.writeTo(Channels.newChannel(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static Safetensors read(byte[] file, Safetensors.Checksum checksum) {
    try {
      return Safetensors.read(
          "file", Channels.newChannel(new ByteArrayInputStream(file)), file.length, checksum);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file of another program; of the data, the lowest 8 bits of each. */
  static byte[] foreign(String header, int... data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(Long.BYTES + json.length + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(json.length).put(json);
    for (int value : data) {
      file.put((byte) value);
    }
    return file.array();
  }

  /** Compares texts, names, order, types, shapes and bits. */
  static void assertSame(Safetensors expected, Safetensors actual) {
    assertEquals(
        List.copyOf(expected.metadata().entrySet()), List.copyOf(actual.metadata().entrySet()));
    assertEquals(List.copyOf(expected.arrays().keySet()), List.copyOf(actual.arrays().keySet()));
    expected
        .arrays()
        .forEach((name, array) -> assertEquals(bits(array), bits(actual.arrays().get(name)), name));
  }

  /** The type, the shape and the numbers, no two of which are equal that are not the same bits. */
  static List<Object> bits(StoredArray array) {
    IntStream all = IntStream.range(0, Math.toIntExact(Dtype.count(array.shape())));
    List<? extends Number> numbers =
        switch (array) {
          case StoredArray.F64(_, double[] values) ->
              all.mapToObj(i -> Double.doubleToRawLongBits(values[i])).toList();
          case StoredArray.F32(_, float[] values) ->
              all.mapToObj(i -> Float.floatToRawIntBits(values[i])).toList();
          case StoredArray.I64(_, long[] values) -> all.mapToObj(i -> values[i]).toList();
          case StoredArray.I32(_, int[] values) -> all.mapToObj(i -> values[i]).toList();
          case StoredArray.U8(_, byte[] values) -> all.mapToObj(i -> values[i]).toList();
        };
    return List.of(array.getClass(), array.shape(), numbers);
  }
}
