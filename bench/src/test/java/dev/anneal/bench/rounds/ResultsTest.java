package dev.anneal.bench.rounds;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResultsTest {
  private static final Setting SETTING =
      new Setting(
          Instant.parse("2026-11-28T23:59:59Z"),
          "abc1234",
          "AMD EPYC (family 25 model 17)",
          2,
          "Linux",
          "Temurin-25.0.3+9",
          List.of("--add-modules=jdk.incubator.vector"),
          512);

  private static final Results RESULTS =
      new Results(
          SETTING,
          new Rounds(
              List.of(
                  beside("ejml", 1, 0.1, "ejml|product|1|6.8|GFLOP/s", 105),
                  beside("djl", 1, 0.2, "djl|step|1|264|us/step", 107),
                  beside("ejml", 2, 0.9, "ejml|product|1|6.8|GFLOP/s", 103),
                  beside("djl", 2, 0.0, "djl|step|1|264|us/step", 106))));

  private static Round beside(String peer, int number, double others, String line, int product) {
    return Told.round(
        number,
        "machine|load|0|1.%d|".formatted(number),
        "machine|others|0|%s|processors".formatted(others),
        line,
        "anneal|fma ceiling|1|118|GFLOP/s",
        "anneal|product|1|%d|GFLOP/s".formatted(product),
        "anneal|step|1|10.5|us/step");
  }

  @Test
  void aPageHasARowForEachThingAndAColumnForEachPeer() {
    String page = RESULTS.page();
    assertTrue(page.startsWith("## 2026-11-28: beside the peers\n\n- **Machine:** AMD EPYC"), page);
    assertTrue(page.contains("commit abc1234, rounds: 2."), page);
    assertTrue(page.contains("before the rounds 1.10 to 1.20"), page);
    assertTrue(page.contains("others used 0.00 to 0.90 processors"), page);
    assertTrue(
        page.endsWith(
            """

            | what | threads | unit | anneal | ejml | djl |
            |---|---|---|---|---|---|
            | fma ceiling | 1 | GFLOP/s | 118 (118-118) |  |  |
            | product | 1 | GFLOP/s | 106 (103-107) | 6.80 · 15.3 (13.5-17.3) ?ow |  |
            | step | 1 | us/step | 10.5 (10.5-10.5) |  | 264 · 25.1 (25.1-25.1) |
            """),
        page);
  }

  @Test
  void jsonHasTheValuesOfEachRound() {
    JsonNode json = ResultsJson.of(RESULTS);
    assertEquals("2026-11-28T23:59:59Z", json.get("date").asString());
    assertEquals(2, json.get("rounds").asInt());
    assertEquals(4, json.get("turns").size());
    assertEquals(
        "{\"round\":2,\"programs\":[\"ejml\",\"anneal\"],\"load\":1.2,\"others\":0.9}",
        json.get("turns").get(2).toString());
    JsonNode product = json.get("rows").get(1);
    assertEquals("product", product.get("what").asString());
    assertEquals("[105.0,107.0,103.0,106.0]", product.get("anneal").toString());
    assertEquals(1, product.get("peers").size());
    JsonNode beside = product.get("peers").get(0);
    assertEquals("ejml", beside.get("peer").asString());
    assertEquals("[1,2]", beside.get("rounds").toString());
    assertEquals("[105.0,103.0]", beside.get("anneal").toString());
    assertEquals("[6.8,6.8]", beside.get("values").toString());
    assertEquals(Math.sqrt(105.0 * 103) / 6.8, beside.get("ratio").asDouble(), 1e-12);
    assertEquals("[\"others\",\"wide\"]", beside.get("doubts").toString());
  }

  @Test
  void oneRoundHasNoRatio() {
    Results once = new Results(SETTING, new Rounds(RESULTS.rounds().all().subList(0, 1)));
    assertTrue(once.page().contains("| 6.80 · one round |"), once::page);
    JsonNode beside = ResultsJson.of(once).get("rows").get(1).get("peers").get(0);
    assertFalse(beside.has("ratio"));
    assertEquals("[15.441176470588236]", beside.get("times").toString());
  }

  @Test
  void aProcessorIsDescribed() {
    assertEquals(
        "AMD EPYC (family 26 model 2)",
        Setting.processor(
            """
            processor\t: 0
            cpu family\t: 26
            model\t\t: 2
            model name\t: AMD EPYC
            """));
    assertEquals("unknown (family unknown model unknown)", Setting.processor(""));
  }
}
