/**
 * EJML, EvalEx and Hipparchus under names of our own, since their jars are no modules: what
 * requires them could not be linked into an image, nor published with good conscience. Only what
 * our rooms use of them is here, for these rooms alone.
 */
@SuppressWarnings("module") // those exported to are built later
module dev.anneal.relocated {
  exports dev.anneal.relocated.com.ezylang.evalex to
      dev.anneal.formulas;
  exports dev.anneal.relocated.com.ezylang.evalex.config to
      dev.anneal.formulas;
  exports dev.anneal.relocated.com.ezylang.evalex.data to
      dev.anneal.formulas;
  exports dev.anneal.relocated.com.ezylang.evalex.functions to
      dev.anneal.formulas;
  exports dev.anneal.relocated.com.ezylang.evalex.operators to
      dev.anneal.formulas;
  exports dev.anneal.relocated.com.ezylang.evalex.parser to
      dev.anneal.formulas;
  exports dev.anneal.relocated.org.ejml.data to
      dev.anneal.optimizers;
  exports dev.anneal.relocated.org.ejml.dense.row.decomposition.qr to
      dev.anneal.optimizers;
  exports dev.anneal.relocated.org.ejml.dense.row.decomposition.svd to
      dev.anneal.optimizers;
  exports dev.anneal.relocated.org.hipparchus.random to
      dev.anneal.search;
}
