package dev.anneal.nn.file;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PythonTest {
  private static final Path SCRIPT = Path.of("src/test/resources/read_safetensors.py");

  @TempDir Path folder;

  @Test
  void pythonReadsWhatIsWritten() throws IOException, InterruptedException {
    SequencedMap<String, StoredArray> arrays = new LinkedHashMap<>();
    arrays.put("weights/\u00fc\"", StoredArray.of(new float[] {1.5f, -0f}, 1, 2));
    arrays.put("bytes", StoredArray.of(new byte[] {1, -1}, 2));
    arrays.put("step", StoredArray.of(new long[] {-1L << 62}));
    arrays.put("none", StoredArray.of(new int[0], 3, 0));
    arrays.put("sum", StoredArray.of(new double[] {0.1, Double.NEGATIVE_INFINITY}, 2));
    arrays.put("count", StoredArray.of(new int[] {Integer.MIN_VALUE}, 1));
    Path file = folder.resolve("model.safetensors");
    TestFiles.content(Map.of("model", "2-1\n"), arrays).write(file);
    assertEquals(
        """
        {"model": "2-1\\n"}
        ["weights/\\u00fc\\"", "F32", [1, 2], [1.5, -0.0]]
        ["bytes", "U8", [2], [1, 255]]
        ["step", "I64", [], [-4611686018427387904]]
        ["none", "I32", [3, 0], []]
        ["sum", "F64", [2], [0.1, -Infinity]]
        ["count", "I32", [1], [-2147483648]]
        """,
        python(file));
  }

  /** What the script prints of a file; the test is skipped where there is no Python. */
  private static String python(Path file) throws IOException, InterruptedException {
    try {
      Process process =
          new ProcessBuilder("python3", SCRIPT.toString(), file.toString())
              .redirectErrorStream(true)
              .start();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), out);
      return out.replace("\r\n", "\n");
    } catch (IOException e) {
      return Assumptions.abort("skipped: no python3 here");
    }
  }
}
