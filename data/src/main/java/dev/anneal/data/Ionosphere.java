package dev.anneal.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Radar returns: 34 numbers a row, and whether they show structure. */
final class Ionosphere {
  private static final String FILE = "ionosphere.csv";
  private static final List<String> CLASSES = List.of("b", "g");
  private static final String SOURCE =
      "Ionosphere, V. Sigillito et al., 1989, UCI, https://doi.org/10.24432/C5W01B, CC BY 4.0";

  private Ionosphere() {}

  static DataSet read(String name) {
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    InputStream in = Ionosphere.class.getResourceAsStream(FILE);
    if (in == null) {
      throw new IllegalStateException(FILE + " is missing from the module");
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        float[] row = new float[fields.length - 1];
        for (int i = 0; i < row.length; i++) {
          // By way of double, as NumPy and Keras read it.
          row[i] = (float) Double.parseDouble(fields[i]);
        }
        rows.add(row);
        labels.add(CLASSES.indexOf(fields[row.length]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int[] codes = labels.stream().mapToInt(Integer::intValue).toArray();
    return new DataSet(
        name, new ArraySamples(rows, codes, CLASSES.size()), Optional.empty(), CLASSES, SOURCE);
  }
}
