package dev.anneal.api.catalogue;

import java.util.List;

/**
 * A plugin of a catalogue, for listings.
 *
 * @param kind {@code schedule} or {@code optimizer}
 * @param name its name in specifications
 * @param summary its formula or idea in one line
 * @param source the paper or framework it follows; empty where it follows none
 * @param hasUnit whether {@code per epoch} or {@code per iteration} must follow it
 * @param parameters what goes in its parentheses, in order
 * @param origin the module or jar it came from, with the version where that is known
 */
public record PluginDescription(
    String kind,
    String name,
    String summary,
    String source,
    boolean hasUnit,
    List<ParameterDescription> parameters,
    String origin) {
  /** Copies the list. */
  public PluginDescription {
    parameters = List.copyOf(parameters);
  }
}
