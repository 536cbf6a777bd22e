package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.anneal.api.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SafetensorsProperties {
  /** Infinities, zeros with both signs, and NaNs of both kinds with something in them. */
  private static final Integer[] ODD_FLOATS = {
    0x7f800000, 0xff800000, 0x80000000, 0, 0x7fc00000, 0x7f800001, 0xffc12345, 1, 0x7f7fffff
  };

  private static final Long[] ODD_DOUBLES = {
    0x7ff0000000000000L, 0x8000000000000000L, 0x7ff8000000000000L, 0x7ff0000000000001L, 1L
  };

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void whatIsWrittenIsReadBackToTheBit(@ForAll("contents") Safetensors content) {
    byte[] file = TestFiles.write(content);
    Safetensors read = TestFiles.read(file, Safetensors.Checksum.REQUIRED);
    TestFiles.assertSame(content, read);
    assertArrayEquals(file, TestFiles.write(read), "and written again it is the same file");
  }

  /** A file without a checksum, whose errors the rules alone can find. */
  @Property(tries = 2000)
  void damageIsAnErrorOfTheInputOrNotSeen(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 153) Integer> places,
      @ForAll @Size(4) List<Byte> bytes) {
    byte[] file =
        TestFiles.foreign(
            """
            {"__metadata__":{"k":"v"},"a":{"dtype":"F16","shape":[1,2],"data_offsets":[0,4]},\
            "b":{"dtype":"I64","shape":[],"data_offsets":[4,12]}}\
            """,
            new int[12]);
    for (int i = 0; i < places.size(); i++) {
      file[places.get(i)] = bytes.get(i);
    }
    try {
      TestFiles.read(file, Safetensors.Checksum.IF_PRESENT);
    } catch (InputException e) {
      assertEquals(1, e.getMessage().lines().count(), e::getMessage);
    }
  }

  /** As mapped files want it; the data begin at a multiple of 8 too. */
  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void eachArrayBeginsAtAMultipleOfTheSizeOfItsNumbers(@ForAll("contents") Safetensors content) {
    byte[] file = TestFiles.write(content);
    int header = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, header % 8);
    String json = new String(file, 8, header, StandardCharsets.UTF_8);
    for (HeaderEntry entry : SafetensorsHeader.parse(json).entries) {
      assertEquals(0, entry.begin() % entry.type().bytes, entry::toString);
    }
  }

  @Provide
  Arbitrary<Safetensors> contents() {
    return Combinators.combine(
            Arbitraries.maps(names().filter(name -> !name.equals("crc32")), names()).ofMaxSize(4),
            Arbitraries.maps(names(), arrays()).ofMaxSize(6))
        .as(TestFiles::content);
  }

  /** With all that JSON has to escape, and all lengths of UTF-8. */
  private static Arbitrary<String> names() {
    Arbitrary<Integer> odd =
        Arbitraries.of("\"\\/\b\n\0{}:\u007fü日\u2028😀".codePoints().boxed().toList());
    Arbitrary<Integer> any =
        Arbitraries.integers().between(0, 0x10ffff).filter(c -> c < 0xd800 || c > 0xdfff);
    return Arbitraries.oneOf(odd, any)
        .list()
        .ofMaxSize(8)
        .map(points -> points.stream().map(Character::toString).reduce("", String::concat));
  }

  private static Arbitrary<StoredArray> arrays() {
    return Arbitraries.longs()
        .between(0, 4)
        .list()
        .ofMaxSize(3)
        .flatMap(shape -> arrays(shape, (int) Dtype.count(shape)));
  }

  private static Arbitrary<StoredArray> arrays(List<Long> shape, int count) {
    Arbitrary<Integer> ints = Arbitraries.oneOf(Arbitraries.integers(), Arbitraries.of(ODD_FLOATS));
    Arbitrary<Long> longs = Arbitraries.oneOf(Arbitraries.longs(), Arbitraries.of(ODD_DOUBLES));
    return Arbitraries.oneOf(
        ints.array(int[].class).ofSize(count).map(bits -> new StoredArray.F32(shape, floats(bits))),
        longs
            .array(long[].class)
            .ofSize(count)
            .map(bits -> new StoredArray.F64(shape, doubles(bits))),
        longs.array(long[].class).ofSize(count).map(values -> new StoredArray.I64(shape, values)),
        ints.array(int[].class).ofSize(count).map(values -> new StoredArray.I32(shape, values)),
        Arbitraries.bytes()
            .array(byte[].class)
            .ofSize(count)
            .map(values -> new StoredArray.U8(shape, values)));
  }

  private static float[] floats(int[] bits) {
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    return values;
  }

  private static double[] doubles(long[] bits) {
    double[] values = new double[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Double.longBitsToDouble(bits[i]);
    }
    return values;
  }
}
