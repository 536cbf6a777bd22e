package dev.anneal.report;

import dev.anneal.experiments.range.Consensus;
import dev.anneal.experiments.range.RangeCurve;
import dev.anneal.experiments.range.RangeResult;
import dev.anneal.experiments.range.SuggestionRule;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a range test found, for programs; what there is not is null. */
public final class RangeJson {
  private RangeJson() {}

  /**
   * What is suggested, by which rules, and for which test. It has no times, so that the same test
   * gives the same text.
   *
   * @param result of the test
   * @return an object with names in snake case
   */
  public static ObjectNode of(RangeResult result) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    add(json, result.consensus());
    for (SuggestionRule rule : SuggestionRule.values()) {
      add(json.putObject(rule.key()), result.by(rule));
    }
    json.put("parameter", result.parameter());
    ArrayNode groups = json.putArray("groups");
    result.groups().forEach(groups::add);
    ArrayNode others = json.putArray("other_groups");
    result.others().forEach(others::add);
    json.put("ladder", result.ladder().spacing().toString());
    json.put("from", result.ladder().from());
    json.put("to", result.ladder().to());
    json.put("steps", result.ladder().steps());
    ArrayNode seeds = json.putArray("seeds");
    result.curves().forEach(curve -> add(seeds.addObject(), curve));
    return json;
  }

  private static void add(ObjectNode json, Consensus consensus) {
    put(json, "suggestion", consensus.suggestion().value());
    if (consensus.suggestion().value().isEmpty()) {
      json.put("reason", consensus.suggestion().reason());
    }
    put(json, "least", consensus.least());
    put(json, "greatest", consensus.greatest());
  }

  private static void add(ObjectNode json, RangeCurve curve) {
    json.put("seed", curve.seed());
    json.put("steps", curve.size());
    json.put("end", curve.end().orElseThrow().name().toLowerCase(Locale.ROOT));
    for (SuggestionRule rule : SuggestionRule.values()) {
      put(json, rule.key(), rule.of(curve).value());
    }
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(name, value.getAsDouble());
    } else {
      json.putNull(name);
    }
  }
}
