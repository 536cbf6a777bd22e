package dev.anneal.bench.rounds;

import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Results with every round's values, as bench/README.md describes them. */
final class ResultsJson {
  /** What reads this can tell from it whether a later form says something else. */
  private static final int VERSION = 1;

  private ResultsJson() {}

  static ObjectNode of(Results results) {
    Setting setting = results.setting();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("version", VERSION)
        .put("date", setting.date().toString())
        .put("commit", setting.commit())
        .put("processor", setting.processor())
        .put("processors", setting.processors())
        .put("system", setting.system())
        .put("jdk", setting.jdk())
        .put("vector_bits", setting.bits())
        .put("confidence", Ratio.CONFIDENCE)
        .put("rounds", results.rounds().count());
    setting.flags().forEach(json.putArray("flags")::add);
    ArrayNode turns = json.putArray("turns");
    results.rounds().all().forEach(round -> add(turns.addObject(), round));
    ArrayNode rows = json.putArray("rows");
    results.rows().forEach(row -> add(rows.addObject(), row, results));
    return json;
  }

  private static void add(ObjectNode json, Round round) {
    json.put("round", round.number());
    round.programs().forEach(json.putArray("programs")::add);
    round.load().forEach(load -> json.put("load", load));
    round.others().forEach(others -> json.put("others", others));
  }

  private static void add(ObjectNode json, Row row, Results results) {
    json.put("what", row.what()).put("threads", row.threads()).put("unit", row.unit());
    add(json.putArray("anneal"), results.rounds().values(Results.ANNEAL, row));
    ArrayNode peers = json.putArray("peers");
    for (String peer : results.peers()) {
      Comparison beside = results.beside(peer, row);
      if (!beside.rounds().isEmpty()) {
        add(peers.addObject().put("peer", peer), beside);
      }
    }
  }

  private static void add(ObjectNode json, Comparison beside) {
    ArrayNode rounds = json.putArray("rounds");
    beside.rounds().forEach(round -> rounds.add(round.number()));
    beside.first().forEach(json.putArray("anneal")::add);
    beside.second().forEach(json.putArray("values")::add);
    add(json.putArray("times"), beside.times());
    beside
        .ratio()
        .ifPresent(ratio ->
            json.put("ratio", ratio.times()).put("low", ratio.low()).put("high", ratio.high()));
    ArrayNode doubts = json.putArray("doubts");
    beside.doubts().forEach(doubt -> doubts.add(doubt.name().toLowerCase(Locale.ROOT)));
  }

  private static void add(ArrayNode json, double... values) {
    for (double value : values) {
      json.add(value);
    }
  }
}
