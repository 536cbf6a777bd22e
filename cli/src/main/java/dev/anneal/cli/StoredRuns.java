package dev.anneal.cli;

import dev.anneal.experiments.StoredRun;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Stored runs for programs. */
final class StoredRuns {
  private StoredRuns() {}

  /** One line of JSON. */
  static String json(StoredRun run) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("folder", run.folder().toString())
        .put("status", run.status().name().toLowerCase(Locale.ROOT))
        .put("name", run.name())
        .put("data", run.data())
        .put("optimizer", run.optimizer())
        .put("epochs", run.epochs())
        .put("done", run.done());
    run.tags().forEach(json.putArray("tags")::add);
    if (!run.plugins().isEmpty()) {
      json.set("plugins", JsonMapper.shared().valueToTree(run.plugins()));
    }
    ObjectNode last = json.putObject("last");
    run.last().forEach((name, value) -> last.put(name, Double.isFinite(value) ? value : null));
    ObjectNode summary = json.putObject("summary");
    run.summary().forEach(summary::put);
    run.problem().ifPresent(problem -> json.put("problem", problem));
    return json.toString();
  }
}
