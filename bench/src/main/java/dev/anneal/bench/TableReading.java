package dev.anneal.bench;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.anneal.data.table.Table;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.SplittableRandom;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Files of 50 columns of numbers, read to an array a column: by Anneal, which must find out that
 * they are numbers, and by two readers of records whose fields {@link Double#parseDouble} reads
 * into arrays of the right size. FastCSV is what Anneal itself reads records with. All use one
 * thread, whose processor time is measured beside the time that passes: it does not depend on
 * neighbours so much.
 */
public final class TableReading {
  private static final int COLUMNS = 50;
  private static final int WARM_RUNS = 2;
  private static final int RUNS = 5;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private TableReading() {}

  /**
   * Measures on one thread.
   *
   * @param args how many rows (1,000,000)
   */
  public static void main(String[] args) throws IOException {
    int rows = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    for (boolean whole : new boolean[] {false, true}) {
      Path file = Files.createTempFile("table", ".csv");
      try {
        write(file, rows, whole);
        measure(System.out, file, rows, whole ? "17 digits" : "6 digits");
      } finally {
        Files.delete(file);
      }
    }
  }

  private static void write(Path file, int rows, boolean whole) throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < COLUMNS; column++) {
          double value = random.nextGaussian();
          out.write(column == 0 ? "" : ",");
          out.write(Double.toString(whole ? value : Math.rint(value * 1e5) / 1e5));
        }
        out.write('\n');
      }
    }
  }

  private static void measure(PrintStream out, Path file, int rows, String what)
      throws IOException {
    double megabytes = Files.size(file) * 1e-6;
    report(out, what, "anneal", megabytes, () -> Table.read(file));
    report(out, what, "fastcsv, parseDouble", megabytes, () -> fastCsv(file, rows));
    report(out, what, "commons csv, parseDouble", megabytes, () -> commonsCsv(file, rows));
  }

  private static void report(
      PrintStream out, String what, String reader, double megabytes, Runnable action) {
    double[] wall = new double[RUNS];
    double[] processor = new double[RUNS];
    for (int run = -WARM_RUNS; run < RUNS; run++) {
      long begin = System.nanoTime();
      long used = THREADS.getCurrentThreadCpuTime();
      action.run();
      if (run >= 0) {
        processor[run] = (THREADS.getCurrentThreadCpuTime() - used) * 1e-9;
        wall[run] = (System.nanoTime() - begin) * 1e-9;
      }
    }
    Arrays.sort(wall);
    Arrays.sort(processor);
    out.printf(
        Locale.ROOT,
        "%-10s %-26s %6.0f MB/s, best %6.0f; of processor time %6.0f%n",
        what,
        reader,
        megabytes / wall[RUNS / 2],
        megabytes / wall[0],
        megabytes / processor[RUNS / 2]);
  }

  private static double[][] fastCsv(Path file, int rows) {
    double[][] columns = new double[COLUMNS][rows];
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      int row = 0;
      for (CsvRecord record : reader) {
        for (int column = 0; column < COLUMNS; column++) {
          columns[column][row] = Double.parseDouble(record.getField(column));
        }
        row++;
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double[][] commonsCsv(Path file, int rows) {
    double[][] columns = new double[COLUMNS][rows];
    try (Reader text = Files.newBufferedReader(file, StandardCharsets.UTF_8);
        CSVParser reader = CSVFormat.DEFAULT.parse(text)) {
      Iterator<CSVRecord> records = reader.iterator();
      for (int row = 0; row < rows; row++) {
        CSVRecord record = records.next();
        for (int column = 0; column < COLUMNS; column++) {
          columns[column][row] = Double.parseDouble(record.get(column));
        }
      }
      return columns;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
