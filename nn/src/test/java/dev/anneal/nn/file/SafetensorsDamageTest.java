package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.InputException;
import dev.anneal.nn.file.Safetensors.Checksum;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** No damage to a file of ours goes unnoticed. */
class SafetensorsDamageTest {
  private static byte[] file(int bytes) {
    SequencedMap<String, StoredArray> arrays = new LinkedHashMap<>();
    arrays.put("w", StoredArray.of(new float[] {1, -0f}, 2));
    arrays.put("b", StoredArray.of(new byte[bytes], bytes));
    arrays.put("none", StoredArray.of(new double[0], 0));
    return TestFiles.write(TestFiles.content(Map.of("text", "value"), arrays));
  }

  private static void assertRefused(byte[] file, String damage) {
    String message =
        assertThrows(InputException.class, () -> TestFiles.read(file, Checksum.REQUIRED), damage)
            .getMessage();
    assertTrue(message.startsWith("file: "), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void everyFlippedBitIsFound() {
    byte[] file = file(5);
    for (int bit = 0; bit < 8 * file.length; bit++) {
      file[bit / 8] ^= (byte) (1 << bit % 8);
      assertRefused(file, "bit " + bit);
      file[bit / 8] ^= (byte) (1 << bit % 8);
    }
    TestFiles.read(file, Checksum.REQUIRED);
  }

  @Test
  void everyMissingEndIsFound() {
    byte[] file = file(3000);
    int header = file.length - 3008;
    for (int length = 0; length <= header; length++) {
      assertRefused(Arrays.copyOf(file, length), length + " bytes");
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      int length = random.nextInt(header, file.length);
      assertRefused(Arrays.copyOf(file, length), length + " bytes");
    }
  }

  @Test
  void whatFollowsIsFound() {
    byte[] file = file(3);
    assertRefused(Arrays.copyOf(file, file.length + 1), "a byte more");
  }

  @Test
  void aFileOfAnotherThatTakesItsPlaceWithinIsFound() {
    byte[] one = TestFiles.write(TestFiles.numbered(1));
    byte[] two = TestFiles.write(TestFiles.numbered(2));
    for (int length = one.length - 1; length > 0; length--) {
      byte[] mixed = two.clone();
      System.arraycopy(one, 0, mixed, 0, length);
      if (!Arrays.equals(mixed, one) && !Arrays.equals(mixed, two)) {
        assertRefused(mixed, length + " bytes of the other");
      }
    }
  }
}
