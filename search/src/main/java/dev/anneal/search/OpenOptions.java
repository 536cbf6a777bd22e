package dev.anneal.search;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.experiments.Experiment;
import dev.anneal.experiments.SpecYaml;
import dev.anneal.search.space.SearchPoint;
import dev.anneal.search.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Experiments whose options are partly open.
 *
 * @param space what they may be
 * @param catalogue knows the plugins
 */
public record OpenOptions(SearchSpace space, Catalogue catalogue) implements Candidates {
  @Override
  public SearchPoint point(int trial) {
    return space.at(trial);
  }

  @Override
  public Experiment experiment(int trial) {
    SequencedMap<String, List<String>> options = new LinkedHashMap<>(point(trial).options());
    options.put("name", List.of(TrialRun.name(trial)));
    return Experiment.of(new SpecYaml("", options), catalogue);
  }
}
