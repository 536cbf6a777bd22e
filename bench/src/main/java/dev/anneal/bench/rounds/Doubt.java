package dev.anneal.bench.rounds;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Why a row is not to be trusted: what the machine did besides. */
enum Doubt {
  /** The machine itself was not as fast in all rounds: its clock, or whoever shares the core. */
  CEILING("c", "the FMA ceiling differs by more than 5 % between the processes of these rounds") {
    @Override
    boolean applies(Comparison row) {
      DoubleSummaryStatistics ceilings =
          row.rounds().stream()
              .flatMapToDouble(round -> round.ceilings(row.row().threads()))
              .summaryStatistics();
      return ceilings.getMax() > CEILINGS * ceilings.getMin();
    }
  },

  /** Others computed. */
  OTHERS("o", "others used more than a quarter of a processor during one of these rounds") {
    @Override
    boolean applies(Comparison row) {
      return row.rounds().stream()
          .flatMapToDouble(Round::others)
          .anyMatch(busy -> busy > PROCESSORS);
    }
  },

  /** The rounds do not agree. */
  WIDE("w", "the interval reaches more than 10 % beyond the ratio") {
    @Override
    boolean applies(Comparison row) {
      return row.ratio().filter(ratio -> ratio.reach() > REACH).isPresent();
    }
  };

  /** The fastest ceiling over the slowest; on a quiet machine they agree to 1 %. */
  static final double CEILINGS = 1.05;

  /** So much is in use where nobody works: an idle system's own tasks take a hundredth. */
  static final double PROCESSORS = 0.25;

  /** The upper end over the ratio. */
  static final double REACH = 1.1;

  private final String mark;
  private final String reason;

  Doubt(String mark, String reason) {
    this.mark = mark;
    this.reason = reason;
  }

  /** The letter that stands for it in tables. */
  String mark() {
    return mark;
  }

  /** What all marks mean. */
  static String legend() {
    return Arrays.stream(values())
        .map(doubt -> "`%s` %s".formatted(doubt.mark, doubt.reason))
        .collect(Collectors.joining(", "));
  }

  abstract boolean applies(Comparison row);

  /** All that there are about a row. */
  static Set<Doubt> about(Comparison row) {
    return EnumSet.allOf(Doubt.class).stream()
        .filter(doubt -> doubt.applies(row))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Doubt.class)));
  }
}
