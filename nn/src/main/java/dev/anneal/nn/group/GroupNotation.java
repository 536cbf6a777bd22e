package dev.anneal.nn.group;

import dev.anneal.api.InputException;
import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.catalogue.Clause;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.api.schedule.Duration;
import dev.anneal.nn.graph.NamePattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads and writes groups as text. */
final class GroupNotation {
  private static final String FROZEN = "frozen";
  private static final String UNTIL = "until";

  private final Catalogue catalogue;
  private final UnaryOperator<Optimizer> change;

  GroupNotation(Catalogue catalogue, UnaryOperator<Optimizer> change) {
    this.catalogue = catalogue;
    this.change = change;
  }

  Groups read(String text) {
    List<Clause> clauses = Clause.read(text, Set.of(UNTIL, Group.TRAINED));
    Optional<Optimizer> base = Optional.empty();
    List<Group> groups = new ArrayList<>();
    for (Clause clause : clauses) {
      if (clause.subject().isPresent()) {
        groups.add(group(clause.subject().get(), clause, base));
      } else if (groups.isEmpty() && base.isEmpty()) {
        base = Optional.of(base(clause));
      } else {
        throw new InputException(
            "only the first optimizer may go without a pattern; write PATTERN: before %s"
                .formatted(clause.body()));
      }
    }
    return new Groups(base, groups);
  }

  private Optimizer base(Clause clause) {
    if (clause.isChange() || !clause.words().isEmpty() || clause.body().equals(FROZEN)) {
      throw new InputException(
          "\"%s\" needs a pattern before it, such as dense_1: or \"*.bias\":"
              .formatted(
                  clause.words().isEmpty()
                      ? clause.body()
                      : clause.words().keySet().iterator().next()));
    }
    return change.apply(catalogue.optimizer(clause.body()));
  }

  private Group group(String pattern, Clause clause, Optional<Optimizer> base) {
    Optional<String> until = Optional.ofNullable(clause.words().get(UNTIL));
    Optional<String> trained = Optional.ofNullable(clause.words().get(Group.TRAINED));
    try {
      if (!clause.body().equals(FROZEN)) {
        if (until.isPresent()) {
          throw new InputException(
              "\"until\" goes with \"frozen\"; otherwise write trained=SCHEDULE");
        }
        Group group = Group.of(pattern, optimizer(clause, base));
        return trained.map(text -> group.trained(catalogue.schedule(text))).orElse(group);
      }
      if (trained.isPresent()) {
        throw new InputException("\"frozen\" takes no \"trained\"; write an optimizer instead");
      }
      return until
          .map(text -> Group.of(pattern, copied(base)).frozenUntil(Duration.parse(text)))
          .orElseGet(() -> Group.frozen(pattern));
    } catch (InputException e) {
      throw new InputException("group \"%s\": %s".formatted(pattern, e.getMessage()), e);
    }
  }

  private Optimizer optimizer(Clause clause, Optional<Optimizer> base) {
    if (clause.isChange()) {
      return catalogue.change(Optimizer.class, copied(base), clause.body());
    }
    return clause.body().isEmpty() ? copied(base) : catalogue.optimizer(clause.body());
  }

  private static Optimizer copied(Optional<Optimizer> base) {
    return base.orElseThrow(() ->
        new InputException(
            "there is no optimizer to copy; begin the text with one that has no pattern, or name"
                + " one here"));
  }

  static String print(Groups groups) {
    List<String> clauses = new ArrayList<>();
    groups.base().ifPresent(optimizer -> clauses.add(Catalogue.print(optimizer)));
    groups.groups().forEach(group -> clauses.add(print(group, groups.base())));
    return String.join("; ", clauses);
  }

  private static String print(Group group, Optional<Optimizer> base) {
    if (!(group.matches() instanceof NamePattern(String pattern))) {
      throw new InputException(
          "group \"%s\" was chosen by code; only a pattern has a notation".formatted(group.name()));
    }
    String subject = Clause.quote(pattern) + ": ";
    Optional<Duration> begin = group.begin();
    if (group.optimizer().isEmpty()) {
      return subject + FROZEN;
    }
    if (begin.isPresent() && group.optimizer().equals(base)) {
      return subject + FROZEN + " " + UNTIL + " " + begin.get();
    }
    return subject
        + Catalogue.print(group.optimizer().get())
        + (group.trained().equals(Group.ALWAYS)
            ? ""
            : " " + Group.TRAINED + "=" + Catalogue.print(group.trained()));
  }
}
