package dev.anneal.cli;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.api.optimizer.Optimizer;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram;
import dev.anneal.core.update.UpdateProgram.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rule of an optimizer is compiled to: for a matrix, and for a bias where that differs.
 */
final class RulePrograms {
  private static final Shape MATRIX = new Shape(3, 4);
  private static final Shape BIAS = new Shape(1, 4);

  private RulePrograms() {}

  /**
   * A program.
   *
   * @param optimizer its specification
   * @param pass which gradient of a step it is for, from 1
   * @param passes how many gradients a step takes
   * @param rows rows of the parameter
   * @param columns columns of the parameter
   * @param program its printed form
   */
  record Entry(String optimizer, int pass, int passes, int rows, int columns, String program) {
    String title() {
      String which = passes == 1 ? "" : ", gradient %d of %d".formatted(pass, passes);
      return "%s%nfor a parameter of [%d x %d]%s".formatted(optimizer, rows, columns, which);
    }
  }

  static List<Entry> of(Optimizer optimizer) {
    List<Entry> all = new ArrayList<>();
    for (int pass = 0; pass < optimizer.passes(); pass++) {
      UpdateProgram matrix = UpdateCompiler.compile(optimizer, MATRIX, pass);
      all.add(entry(optimizer, pass, MATRIX, matrix));
      if (matrix.readsShape()) {
        all.add(entry(optimizer, pass, BIAS, UpdateCompiler.compile(optimizer, BIAS, pass)));
      }
    }
    return all;
  }

  private static Entry entry(Optimizer optimizer, int pass, Shape shape, UpdateProgram program) {
    return new Entry(
        Catalogue.print(optimizer),
        pass + 1,
        optimizer.passes(),
        shape.rows(),
        shape.columns(),
        program.toString());
  }
}
