package dev.anneal.nn.plan;

import dev.anneal.core.update.Update;
import dev.anneal.nn.graph.Parameter;
import java.util.List;

/**
 * Parameters that a plan trains together.
 *
 * @param parameters those that the update adjusts, in its order
 * @param update adjusts them
 */
public record GroupUpdate(List<Parameter> parameters, Update update) {}
