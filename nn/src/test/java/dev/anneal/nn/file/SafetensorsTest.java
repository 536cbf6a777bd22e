package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.Safetensors.Checksum;
import dev.anneal.testkit.Allocations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {
  @TempDir Path folder;

  private static Safetensors small() {
    SequencedMap<String, StoredArray> arrays = new LinkedHashMap<>();
    arrays.put("bytes", StoredArray.of(new byte[] {1, 2, -1}, 3));
    arrays.put("weights", StoredArray.of(new float[] {1.5f, -2}, 2, 1));
    arrays.put("step", StoredArray.of(new long[] {7}));
    return TestFiles.content(Map.of("model", "2-1"), arrays);
  }

  /** Byte for byte. The checksum is Python's hashlib's; safetensors 0.8.0 reads these arrays. */
  @Test
  void theFileIsAsTheFormatSays() {
    String header =
        """
        {"__metadata__":{"crc32":"%s","model":"2-1"},\
        "bytes":{"dtype":"U8","shape":[3],"data_offsets":[16,19]},\
        "weights":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},\
        "step":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}      \
        """
            .formatted("2d68b429");
    String data = "07000000000000000000c03f000000c00102ff";
    String length = "e800000000000000";
    HexFormat hex = HexFormat.of();
    assertEquals(
        length + hex.formatHex(header.getBytes(StandardCharsets.UTF_8)) + data,
        hex.formatHex(TestFiles.write(small())));
  }

  @Test
  void aFileOnDiskIsReadBack() {
    Path file = folder.resolve("model.safetensors");
    small().write(file);
    TestFiles.assertSame(small(), Safetensors.read(file, Checksum.REQUIRED));
  }

  @Test
  void afterAnotherFileOnlyTheNewOneIsThere() throws IOException {
    Path file = folder.resolve("model.safetensors");
    TestFiles.numbered(1).write(file);
    small().write(file);
    TestFiles.assertSame(small(), Safetensors.read(file, Checksum.REQUIRED));
    try (var names = Files.list(folder)) {
      assertEquals(List.of(file), names.toList());
    }
  }

  @Test
  void whatCannotBeReadOrWrittenIsNamedInOneLine() {
    Path file = folder.resolve("no\nfolder").resolve("model");
    assertEquals(
        folder + "/no folder/model: cannot be read: no such file or folder",
        assertThrows(InputException.class, () -> Safetensors.read(file, Checksum.IF_PRESENT))
            .getMessage());
    assertEquals(
        folder + "/no folder/model: cannot be written: no such file or folder",
        assertThrows(InputException.class, () -> small().write(file)).getMessage());
  }

  /** As Python writes it: no checksum, no texts, names after the order of their bytes or not. */
  @Test
  void aFileWithoutAChecksumIsReadUnlessItMustHaveOne() {
    byte[] file =
        TestFiles.foreign(
            """
            {"b":{"dtype":"I32","shape":[1],"data_offsets":[4,8]},\
            "a":{"dtype":"F32","shape":[],"data_offsets":[0,4]},\
            "none":{"dtype":"F64","shape":[0,3],"data_offsets":[8,8]}}   \
            """,
            0,
            0,
            0x80,
            0x3f,
            1,
            0,
            0,
            1);
    Safetensors read = TestFiles.read(file, Checksum.IF_PRESENT);
    assertEquals(Map.of(), read.metadata());
    assertEquals(List.of("b", "a", "none"), List.copyOf(read.arrays().keySet()));
    assertEquals(
        TestFiles.bits(StoredArray.of(new int[] {0x01000001}, 1)),
        TestFiles.bits(read.arrays().get("b")));
    assertEquals(
        TestFiles.bits(StoredArray.of(new float[] {1})), TestFiles.bits(read.arrays().get("a")));
    assertEquals(
        TestFiles.bits(StoredArray.of(new double[] {}, 0, 3)),
        TestFiles.bits(read.arrays().get("none")));
    assertEquals(
        "file: there is no checksum (crc32 in __metadata__); the file is damaged, or not from"
            + " Anneal",
        assertThrows(InputException.class, () -> TestFiles.read(file, Checksum.REQUIRED))
            .getMessage());
  }

  @Test
  void numbersOf16BitsAreWidened() {
    byte[] file =
        TestFiles.foreign(
            """
            {"half":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},\
            "brain":{"dtype":"BF16","shape":[2],"data_offsets":[6,10]}}\
            """,
            0,
            0x3c,
            1,
            0,
            0,
            0xfc,
            0xc0,
            0xbf,
            0x80,
            0x7f);
    SequencedMap<String, StoredArray> arrays = TestFiles.read(file, Checksum.IF_PRESENT).arrays();
    assertEquals(
        TestFiles.bits(StoredArray.of(new float[] {1, 0x1p-24f, Float.NEGATIVE_INFINITY}, 3)),
        TestFiles.bits(arrays.get("half")));
    assertEquals(
        TestFiles.bits(StoredArray.of(new float[] {-1.5f, Float.POSITIVE_INFINITY}, 2)),
        TestFiles.bits(arrays.get("brain")));
  }

  /** Around the size of the buffer that all goes through. */
  @ParameterizedTest
  @ValueSource(ints = {16_383, 16_384, 16_385, 100_000})
  void longArraysPassThroughTheBufferInParts(int count) {
    float[] floats = new float[count];
    byte[] bytes = new byte[4 * count];
    for (int i = 0; i < count; i++) {
      floats[i] = i;
      bytes[4 * i] = (byte) i;
    }
    Safetensors content =
        TestFiles.content(
            Map.of(),
            Map.of("f", StoredArray.of(floats, count), "b", StoredArray.of(bytes, 4, count)));
    TestFiles.assertSame(content, TestFiles.read(TestFiles.write(content), Checksum.REQUIRED));
  }

  /** The digits stand behind letters of several bytes, and far behind the parser's first buffer. */
  @Test
  void theChecksumIsFoundWhereverItStands() {
    String zeros = "0".repeat(8);
    String header =
        """
        {"__metadata__":{"first":"%s","hostile":"\\"crc32\\":\\"%s","crc32":"%s"},\
        "a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]}}\
        """
            .formatted("ü😀".repeat(20_000), zeros, zeros);
    byte[] file = TestFiles.foreign(header, 9);
    CRC32 sum = new CRC32();
    sum.update(file);
    byte[] digits = FileChecksum.hex(sum).getBytes(StandardCharsets.US_ASCII);
    int at =
        8 + header.substring(0, header.lastIndexOf(zeros)).getBytes(StandardCharsets.UTF_8).length;
    System.arraycopy(digits, 0, file, at, digits.length);
    assertEquals(2, TestFiles.read(file, Checksum.REQUIRED).metadata().size());
    System.arraycopy("0".repeat(8).getBytes(StandardCharsets.US_ASCII), 0, file, at, 8);
    assertEquals(
        "file: the checksum does not fit the content; the file is damaged",
        assertThrows(InputException.class, () -> TestFiles.read(file, Checksum.IF_PRESENT))
            .getMessage());
  }

  /** It may wait for its turn on another thread. */
  @Test
  void mapsAreCopied() {
    SequencedMap<String, String> metadata = new LinkedHashMap<>();
    SequencedMap<String, StoredArray> arrays = new LinkedHashMap<>();
    Safetensors content = new Safetensors(metadata, arrays);
    metadata.put("later", "");
    arrays.put("later", StoredArray.of(new int[] {1}));
    assertEquals(Map.of(), content.metadata());
    assertEquals(Map.of(), content.arrays());
  }

  @Test
  void namesAndTextsMayBeLong() {
    String text = "long".repeat(100_000);
    Safetensors content =
        TestFiles.content(Map.of(text, text), Map.of(text, StoredArray.of(new byte[] {1}, 1)));
    TestFiles.assertSame(content, TestFiles.read(TestFiles.write(content), Checksum.REQUIRED));
  }

  @Test
  void namesThatNoFileCanHaveAreRefused() {
    StoredArray one = StoredArray.of(new float[] {1});
    assertRefused(
        "no text can have the name \"crc32\": the file's checksum has it",
        Map.of("crc32", ""),
        Map.of());
    assertRefused(
        "no array can have the name \"__metadata__\": the texts have it",
        Map.of(),
        Map.of("__metadata__", one));
    String half = " has half of a surrogate pair, which no file can keep";
    assertRefused("\"a\ud800b\"" + half, Map.of(), Map.of("a\ud800b", one));
    assertRefused("\"\udc00\"" + half, Map.of("\udc00", ""), Map.of());
    assertRefused("\"\ud800\"" + half, Map.of("text", "\ud800"), Map.of());
  }

  private static void assertRefused(
      String message, Map<String, String> metadata, Map<String, StoredArray> arrays) {
    assertEquals(
        message,
        assertThrows(InputException.class, () -> TestFiles.content(metadata, arrays)).getMessage());
  }

  @Test
  void aHeaderLongerThanTheFormatAllowsIsNotWritten() {
    Safetensors content = TestFiles.content(Map.of("long", "x".repeat(100_000_000)), Map.of());
    assertTrue(
        assertThrows(
                InputException.class,
                () -> content.writeTo(Channels.newChannel(OutputStream.nullOutputStream())))
            .getMessage()
            .startsWith("the names and texts of a file take 100000048 bytes"));
  }

  @Test
  void aShapeHasAsManyNumbersAsThereAre() {
    float[] six = new float[6];
    assertEquals(List.of(2L, 3L), StoredArray.of(six, 2, 3).shape());
    for (long[] shape :
        new long[][] {{}, {5}, {-2, -3}, {6, -1}, {1L << 62, 4}, {6, 1L << 62, 4}}) {
      assertThrows(
          IllegalArgumentException.class, () -> StoredArray.of(six, shape), Arrays.toString(shape));
    }
    float[] none = {};
    assertEquals(List.of(0L, 1L << 62, 4L), StoredArray.of(none, 0, 1L << 62, 4).shape());
    for (long[] shape : new long[][] {{-1, 0}, {0, -1}, {1L << 62, 2, 0}, {1L << 62, 4, 0}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> StoredArray.of(none, shape),
          Arrays.toString(shape));
    }
  }

  /** A model may take half of the memory. */
  @Test
  void writingTakesAFixedBufferAndReadingNothingBesideTheNumbers() throws IOException {
    int bytes = 32 << 20;
    Safetensors large =
        TestFiles.content(Map.of(), Map.of("w", StoredArray.of(new float[bytes / 4], bytes / 4)));
    large.write(folder.resolve("warm-up")); // classes are loaded
    Allocations allocations = new Allocations();
    long before = allocations.bytes();
    large.write(folder.resolve("large"));
    long written = allocations.bytes();
    Safetensors.read(folder.resolve("large"), Checksum.REQUIRED);
    long read = allocations.bytes();
    assertTrue(written - before < 1 << 20, () -> written - before + " bytes to write");
    assertTrue(read - written < bytes + (1 << 20), () -> read - written + " bytes to read");
  }

  /** What they announce would fill any memory. */
  @Test
  void smallHostileFilesCostNoMemory() {
    byte[] longHeader = TestFiles.foreign("{}");
    longHeader[3] = 5; // 84 million bytes
    byte[] longArray =
        TestFiles.foreign(
            """
            {"a":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}\
            """);
    for (byte[] file : List.of(longHeader, longArray)) {
      Allocations allocations = new Allocations();
      long before = allocations.bytes();
      assertThrows(InputException.class, () -> TestFiles.read(file, Checksum.IF_PRESENT));
      long allocated = allocations.bytes() - before;
      assertTrue(allocated < 4 << 20, () -> allocated + " bytes");
    }
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsIncomplete() {
    byte[] file = TestFiles.write(small());
    assertEquals(
        "file: the file ends before the %d bytes that it had".formatted(file.length),
        assertThrows(
                InputException.class,
                () ->
                    Safetensors.read(
                        "file",
                        Channels.newChannel(new ByteArrayInputStream(file, 0, 30)),
                        file.length,
                        Checksum.REQUIRED))
            .getMessage());
  }
}
