package dev.anneal.bench.rounds;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundTest {
  private static final Row PROCESS = new Row("process ionosphere", 1, "s");

  @Test
  void whatWasMeasuredSeveralTimesCountsWithItsMedian() {
    Round round =
        Told.round(
            1,
            "old|process ionosphere|1|1.3|s",
            "old|process ionosphere|1|1.9|s",
            "old|process ionosphere|1|1.2|s",
            "new|process ionosphere|1|1.5|s",
            "new|process ionosphere|1|1.6|s");
    assertEquals(1.3, round.value("old", PROCESS).orElseThrow());
    assertEquals(1.55, round.value("new", PROCESS).orElseThrow(), 1e-12);
    assertTrue(round.value("mkl", PROCESS).isEmpty());
  }

  @Test
  void theMachineIsNoProgram() {
    Round round =
        Told.round(
            1,
            "machine|load|0|1.71|",
            "machine|others|0|0.02|processors",
            "ejml|product|1|6.8|GFLOP/s",
            "anneal|fma ceiling|1|118|GFLOP/s");
    assertEquals(List.of("ejml", "anneal"), round.programs().toList());
    assertArrayEquals(new double[] {1.71}, round.load().toArray());
    assertArrayEquals(new double[] {0.02}, round.others().toArray());
    assertArrayEquals(new double[] {118}, round.ceilings(1).toArray());
    assertEquals(0, round.ceilings(2).count());
  }

  @Test
  void filesAreReadInTheOrderOfTheirNames(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("02-1-mkl.tsv"), "mkl\tproduct\t1\t96\tGFLOP/s\n");
    Files.writeString(folder.resolve("01-2-mkl.tsv"), "mkl\tproduct\t2\t150\tGFLOP/s\n");
    Files.writeString(folder.resolve("01-1-mkl.tsv"), "mkl\tproduct\t1\t95\tGFLOP/s\n");
    Files.writeString(folder.resolve("03-1-mkl.tsv.part"), "torn");
    Rounds rounds = Rounds.read(folder);
    assertEquals(List.of(1, 1, 2), rounds.all().stream().map(Round::number).toList());
    assertEquals(2, rounds.count());
    Row row = new Row("product", 1, "GFLOP/s");
    assertEquals(List.of(row, new Row("product", 2, "GFLOP/s")), rounds.rows("mkl"));
    assertArrayEquals(new double[] {95, 96}, rounds.values("mkl", row));
  }

  @Test
  void aTornFileIsNamed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("01.tsv"), "old\tproduct\t1\n");
    IOException e = assertThrows(IOException.class, () -> Rounds.read(folder));
    assertTrue(e.getMessage().startsWith(file + ": not five fields"), e::getMessage);
  }
}
