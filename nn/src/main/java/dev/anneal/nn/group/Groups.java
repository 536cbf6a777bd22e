package dev.anneal.nn.group;

import dev.anneal.api.InputException;
import dev.anneal.api.Messages;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Schedule;
import dev.anneal.nn.graph.NamePattern;
import dev.anneal.nn.graph.Parameter;
import dev.anneal.nn.model.Model;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * How the parameters of a model are trained: one optimizer for all, or groups with optimizers and
 * schedules of their own. Each trained parameter must be in exactly one. State of a layer that is
 * not trained, such as a running mean, is in none.
 *
 * @param base the optimizer of the parameters that no group matches, if there is one; its name is
 *     {@value #BASE}
 * @param groups the groups, with different names
 */
public record Groups(Optional<Optimizer> base, List<Group> groups) {
  /** The name of the group of the parameters that no other group matches. */
  public static final String BASE = "base";

  /** No optimizer at all: what trains is a minimizer of the whole loss. */
  public static final Groups NONE = new Groups(Optional.empty(), List.of());

  /** What separates the name of a group from that of its hyper-parameter. */
  private static final String SLASH = "/";

  /** Checks the names. */
  public Groups {
    groups = List.copyOf(groups);
    Set<String> names = new HashSet<>();
    base.ifPresent(_ -> names.add(BASE));
    for (Group group : groups) {
      if (!names.add(group.name())) {
        throw new InputException("two groups are named \"%s\"".formatted(group.name()));
      }
    }
  }

  /**
   * All parameters in one group.
   *
   * @param all trains them
   * @return no other groups
   */
  public static Groups of(Optimizer all) {
    return new Groups(Optional.of(all), List.of());
  }

  /**
   * Some groups, and one for the other parameters.
   *
   * @param base the optimizer of the parameters that no group matches
   * @param groups the groups
   * @return all of them
   */
  public static Groups of(Optimizer base, Group... groups) {
    return new Groups(Optional.of(base), List.of(groups));
  }

  /**
   * Groups that match every parameter among them.
   *
   * @param groups the groups
   * @return all of them
   */
  public static Groups of(Group... groups) {
    return new Groups(Optional.empty(), List.of(groups));
  }

  /**
   * Reads an optimizer, or several over groups of parameters:
   *
   * <pre>
   * [ SPEC ] { ";" PATTERN ":" ( "frozen" [ "until" DURATION ] | SPEC | changes ) [ "trained=" SCHEDULE ] }
   * </pre>
   *
   * <p>The SPEC without a pattern is the base: it trains what no pattern matches, and changes
   * ({@code lr=0.01, beta_1=0.8}) are made to a copy of it.
   *
   * @param text such as {@code adam; "dense_1.*": frozen until 3ep; dense_2: lr=0.01}
   * @param catalogue knows the plugins
   * @return the groups
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public static Groups parse(String text, Catalogue catalogue) {
    return parse(text, catalogue, UnaryOperator.identity());
  }

  /**
   * Reads groups whose base is changed before others are copied from it.
   *
   * @param text see {@link #parse(String, Catalogue)}
   * @param catalogue knows the plugins
   * @param change what to make of the base, if there is one
   * @return the groups
   * @throws InputException if the text cannot be read; the message says where and why
   */
  public static Groups parse(String text, Catalogue catalogue, UnaryOperator<Optimizer> change) {
    return new GroupNotation(catalogue, change).read(text);
  }

  /**
   * The groups as text that reads back as equal groups.
   *
   * @return the specification of the optimizer, if there is but one
   * @throws InputException if a group was chosen by code, which has no notation, or an optimizer or
   *     schedule has none
   */
  public String print() {
    return GroupNotation.print(this);
  }

  /**
   * Assigns each trained parameter of a model to its group.
   *
   * @param model the model
   * @return the parameters of each group that has any, the base first
   * @throws InputException if a parameter is in no group or in two, or if a group has none
   */
  public Map<Group, List<Parameter>> assign(Model model) {
    if (equals(NONE)) {
      return Map.of();
    }
    List<Parameter> parameters = model.parameters().stream().filter(Parameter::trained).toList();
    List<Group> all = new ArrayList<>(groups);
    base.ifPresent(optimizer -> all.addFirst(Group.of(BASE, new Rest(groups), optimizer)));
    Map<Group, List<Parameter>> taken = new LinkedHashMap<>();
    for (Group group : all) {
      List<Parameter> own = parameters.stream().filter(group.matches()).toList();
      if (own.isEmpty() && groups.contains(group)) {
        throw takesNothing(group, model);
      }
      if (!own.isEmpty() || groups.isEmpty()) { // others may be all that the base is copied for
        taken.put(group, own);
      }
    }
    parameters.forEach(parameter -> checkTaken(parameter, all));
    if (taken.keySet().stream().allMatch(Group::isFrozen)) {
      throw new InputException("all groups are frozen for good: there is nothing to train");
    }
    return taken;
  }

  private static void checkTaken(Parameter parameter, List<Group> groups) {
    List<Group> takers = groups.stream().filter(each -> each.matches().test(parameter)).toList();
    if (takers.isEmpty()) {
      throw new InputException(
          "no group takes %s; groups are %s: add one, or an optimizer for all that is left"
              .formatted(parameter.name(), quoted(groups)));
    }
    if (takers.size() > 1) {
      throw new InputException(
          "%s is in %d groups: %s; a parameter goes into one"
              .formatted(parameter.name(), takers.size(), quoted(takers)));
    }
  }

  /** Matches the parameters that none of some groups matches. */
  private record Rest(List<Group> groups) implements Predicate<Parameter> {
    @Override
    public boolean test(Parameter parameter) {
      return groups.stream().noneMatch(group -> group.matches().test(parameter));
    }
  }

  private static String quoted(List<Group> groups) {
    return Messages.list(groups.stream().map(group -> "\"" + group.name() + "\"").toList(), "and");
  }

  private static InputException takesNothing(Group group, Model model) {
    List<Parameter> parameters = model.parameters();
    if (parameters.stream().anyMatch(group.matches())) {
      return new InputException(
          "group \"%s\" takes only what is never trained: %s"
              .formatted(
                  group.name(),
                  Messages.list(
                      parameters.stream().filter(group.matches()).map(Parameter::name).toList())));
    }
    Set<String> names = new LinkedHashSet<>();
    parameters.stream()
        .filter(Parameter::trained)
        .map(Parameter::name)
        .forEach(name -> {
          names.add(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name);
          names.add(name);
        });
    String stem = group.matches() instanceof NamePattern pattern ? pattern.stem() : group.name();
    return new InputException(
        "group \"%s\" takes no parameter%s; there are %s"
            .formatted(group.name(), Messages.didYouMean(stem, names), Messages.list(names)));
  }

  /**
   * The schedules that training reads for a model, under the names that epochs report their values
   * by: {@code learning_rate} where one group is trained, {@code dense_1/learning_rate} where there
   * are several, {@code dense_1/trained} of a group that is not trained throughout, and then those
   * of the model itself ({@link Model#schedules}).
   *
   * @param model the model
   * @return schedules by name, group after group, the base first
   */
  public Map<String, Schedule> schedules(Model model) {
    Map<String, Schedule> schedules = new LinkedHashMap<>();
    trained(model).forEach((prefix, group) -> schedules.putAll(group.schedules(prefix)));
    schedules.putAll(model.schedules());
    return schedules;
  }

  /** The groups that are trained at some time, by the prefix of their names in metrics. */
  public Map<String, Group> trained(Model model) {
    List<Group> trained =
        assign(model).keySet().stream().filter(group -> !group.isFrozen()).toList();
    Map<String, Group> byPrefix = new LinkedHashMap<>();
    for (Group group : trained) {
      byPrefix.put(trained.size() == 1 ? "" : group.name() + SLASH, group);
    }
    return byPrefix;
  }

  /**
   * The name in {@link #schedules} of the schedule that says when the group of a learning rate is
   * trained; there is none for a group that is always trained.
   *
   * @param learningRate the name of the rate
   * @return such as {@code dense_1/trained}
   */
  public static String whenTrained(String learningRate) {
    return learningRate.substring(0, learningRate.lastIndexOf(SLASH) + 1) + Group.TRAINED;
  }
}
