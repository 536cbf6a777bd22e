package dev.anneal.bench.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoubtTest {
  private static final Row ROW = new Row("step", 1, "samples/s");

  private static Set<Doubt> about(Round... rounds) {
    return Comparison.of(ROW, List.of(rounds), "anneal", "djl").doubts();
  }

  /** One round: what others use, the ceilings on one and two threads, and Anneal's rate. */
  private static Round round(double others, double ceiling, double ceiling2, double rate) {
    return Told.round(
        1,
        "machine|others|0|%s|processors".formatted(others),
        "djl|step|1|100|samples/s",
        "anneal|fma ceiling|1|%s|GFLOP/s".formatted(ceiling),
        "anneal|fma ceiling|2|%s|GFLOP/s".formatted(ceiling2),
        "anneal|step|1|%s|samples/s".formatted(rate));
  }

  private static final Round QUIET = round(0.01, 118, 235, 150);

  @Test
  void thereAreNoneOnAQuietMachine() {
    assertEquals(Set.of(), about(QUIET, round(0.25, 118 * 1.049, 400, 152), QUIET));
  }

  @Test
  void theCeilingOfTheRowsThreadsMustStand() {
    assertEquals(EnumSet.of(Doubt.CEILING), about(QUIET, QUIET, round(0, 112, 235, 150)));
  }

  @Test
  void othersMayNotWork() {
    assertEquals(EnumSet.of(Doubt.OTHERS), about(round(0.3, 118, 235, 150), QUIET, QUIET));
  }

  @Test
  void roundsMustAgree() {
    assertEquals(EnumSet.of(Doubt.WIDE), about(QUIET, QUIET, round(0, 118, 235, 170)));
  }

  @Test
  void roundsWithoutTheRowDoNotCount() {
    Round other = Told.round(2, "machine|others|0|2|processors", "anneal|step|1|9|samples/s");
    assertEquals(Set.of(), about(QUIET, other, QUIET));
  }

  @Test
  void tablesMarkThem() {
    List<Round> rounds = List.of(QUIET, round(1, 100, 235, 150));
    assertEquals("1.50 (1.50-1.50) ?co", Comparison.of(ROW, rounds, "anneal", "djl").shown());
  }
}
