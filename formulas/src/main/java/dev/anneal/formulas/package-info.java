/**
 * A schedule that is a formula in its specification: {@link dev.anneal.formulas.Formula}, where to
 * begin. {@code CompiledFormula} lets EvalEx read the text and makes a {@code Term} of its tree,
 * which computes in doubles without garbage and can call the listed functions only. The module is
 * apart from the other schedules so that only whoever wants formulas has the dependency.
 */
package dev.anneal.formulas;
