package dev.anneal.nn.file;

import dev.anneal.api.InputException;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.CRC32;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * Writes a content as a file. The header names the arrays in their order; their bytes lie in the
 * order of falling size of a number, as Python's library has it, so that each array begins at a
 * multiple of that size.
 */
final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  /** Where the checksum stands, which is the first text of the header. */
  private static final int DIGITS_AT =
      Long.BYTES
          + "{\"%s\":{\"%s\":\""
              .formatted(SafetensorsHeader.METADATA, SafetensorsHeader.CHECKSUM)
              .length();

  @FunctionalInterface
  private interface Sink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  private final Safetensors content;
  private final List<Map.Entry<String, StoredArray>> inFileOrder;
  private final ByteBuffer buffer = Part.buffer();

  SafetensorsWriter(Safetensors content) {
    this.content = content;
    this.inFileOrder =
        content.arrays().sequencedEntrySet().stream()
            .sorted(Comparator.comparingInt(entry -> -Dtype.of(entry.getValue()).bytes))
            .toList();
  }

  /** Goes through the numbers twice: the checksum stands before them. */
  void writeTo(WritableByteChannel channel) throws IOException {
    byte[] start = start();
    CRC32 sum = new CRC32();
    emit(start, sum::update);
    byte[] digits = FileChecksum.hex(sum).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, start, DIGITS_AT, digits.length);
    emit(
        start,
        bytes -> {
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  private void emit(byte[] start, Sink sink) throws IOException {
    sink.accept(ByteBuffer.wrap(start));
    for (Map.Entry<String, StoredArray> entry : inFileOrder) {
      StoredArray array = entry.getValue();
      switch (array) {
        case StoredArray.F64(_, double[] values) ->
            emit(sink, array, values, (b, from, i, n) -> b.asDoubleBuffer().put(from, i, n));
        case StoredArray.F32(_, float[] values) ->
            emit(sink, array, values, (b, from, i, n) -> b.asFloatBuffer().put(from, i, n));
        case StoredArray.I64(_, long[] values) ->
            emit(sink, array, values, (b, from, i, n) -> b.asLongBuffer().put(from, i, n));
        case StoredArray.I32(_, int[] values) ->
            emit(sink, array, values, (b, from, i, n) -> b.asIntBuffer().put(from, i, n));
        case StoredArray.U8(_, byte[] values) ->
            emit(sink, array, values, (b, from, i, n) -> b.put(0, from, i, n));
      }
    }
  }

  private <A> void emit(Sink sink, StoredArray array, A values, Part<A> part) throws IOException {
    int size = Dtype.of(array).bytes;
    int count = Math.toIntExact(Dtype.count(array.shape()));
    for (int from = 0, step; from < count; from += step) {
      step = Math.min(count - from, buffer.capacity() / size);
      part.move(buffer.clear(), values, from, step);
      sink.accept(buffer.limit(step * size));
    }
  }

  /** The length of the header and the header, with zeros for the checksum. */
  private byte[] start() {
    byte[] json = json().getBytes(StandardCharsets.UTF_8);
    int length = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    if (length > SafetensorsHeader.LONGEST) {
      throw new InputException(
          "the names and texts of a file take %d bytes; at most %d are allowed"
              .formatted(length, SafetensorsHeader.LONGEST));
    }
    byte[] start = new byte[Long.BYTES + length];
    Arrays.fill(start, (byte) ' ');
    ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put(json);
    return start;
  }

  private String json() {
    Map<String, Long> begins = new HashMap<>();
    long at = 0;
    for (Map.Entry<String, StoredArray> entry : inFileOrder) {
      begins.put(entry.getKey(), at);
      at += bytes(entry.getValue());
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json =
        SafetensorsHeader.JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject().writeName(SafetensorsHeader.METADATA).writeStartObject();
      json.writeStringProperty(SafetensorsHeader.CHECKSUM, FileChecksum.ZEROS);
      content.metadata().forEach(json::writeStringProperty);
      json.writeEndObject();
      content
          .arrays()
          .forEach((name, array) -> {
            json.writeName(name).writeStartObject();
            json.writeStringProperty("dtype", Dtype.of(array).name());
            long[] shape = array.shape().stream().mapToLong(Long::longValue).toArray();
            json.writeName("shape").writeArray(shape, 0, shape.length);
            long begin = Objects.requireNonNull(begins.get(name));
            json.writeName("data_offsets")
                .writeArray(new long[] {begin, begin + bytes(array)}, 0, 2);
            json.writeEndObject();
          });
      json.writeEndObject();
    }
    return text.toString();
  }

  private static long bytes(StoredArray array) {
    return Dtype.count(array.shape()) * Dtype.of(array).bytes;
  }
}
