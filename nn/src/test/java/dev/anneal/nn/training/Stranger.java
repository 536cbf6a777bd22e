package dev.anneal.nn.training;

import dev.anneal.api.expression.Expression;
import dev.anneal.nn.graph.Graph;
import dev.anneal.nn.graph.Initializer;
import dev.anneal.nn.graph.Node;
import dev.anneal.nn.model.Layer;
import dev.anneal.nn.model.Scope;
import java.util.List;
import java.util.stream.IntStream;

/** Layers that use weights, sums and broadcasts in ways that none of the library's do. */
enum Stranger {
  /** The difference to the row's mean over its deviation. */
  NORMALIZED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      double n = x.shape().columns();
      Node centred = g.elementwise(X.minus(Y.times(1 / n)), x, g.rowSum(x));
      Node square = g.multiply(centred, centred);
      return g.elementwise(X.dividedBy(Y.times(1 / n).plus(0.1).sqrt()), centred, g.rowSum(square));
    }
  },
  /** Couples the samples of a batch. */
  COUPLED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      Node sums = g.columnSum(g.elementwise(X.tanh(), x));
      return g.elementwise(X.minus(Y.times(0.2)), x, sums);
    }
  },
  /** A scalar, a column and a row of weights at once. */
  BROADCAST {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      Node scalar = scope.weights("scale", 1, 1, Initializer.normal(1));
      Node row = scope.weights("row", 1, x.shape().columns(), Initializer.normal(1));
      Node column = g.logSumExp(x);
      Node all = g.add(g.multiply(x, scalar), g.multiply(row, column));
      return g.add(all, g.add(scalar, row));
    }
  },
  /** Weights used twice, once of them squared. */
  SQUARED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      Node w = square(scope, "shared", x);
      return g.product(g.product(x, w), g.multiply(w, w));
    }
  },
  /** The same weights in two products, and in nothing else. */
  TIED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      Node w = square(scope, "tied", x);
      return g.product(g.elementwise(X.tanh(), g.product(x, w)), w);
    }
  },
  /**
   * A product of weights for a kernel: the one made last is the left operand, and updated first.
   */
  FACTORED {
    @Override
    Node forward(Scope scope, Node x) {
      int n = x.shape().columns();
      Node right = scope.weights("right", 2, n, Initializer.GLOROT_UNIFORM);
      Node left = scope.weights("left", n, 2, Initializer.GLOROT_UNIFORM);
      return scope.graph().product(x, scope.graph().product(left, right));
    }
  },
  /** Weights that are squared as a matrix: both operands of one product. */
  TWICE {
    @Override
    Node forward(Scope scope, Node x) {
      Node w = square(scope, "kernel", x);
      return scope.graph().product(x, scope.graph().product(w, w));
    }
  },
  /** Two kernels for the same input, whose outputs are added: their gradients are one node. */
  PARALLEL {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      return g.add(
          g.product(x, square(scope, "first", x)), g.product(x, square(scope, "second", x)));
    }
  },
  /** As parallel, and one kernel goes on: the other's gradient is a part of its own. */
  OVERLAPPING {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      Node once = square(scope, "once", x);
      Node twice = square(scope, "twice", x);
      return g.product(g.add(g.product(x, once), g.product(x, twice)), twice);
    }
  },
  /** The largest of a row scales it. */
  LARGEST {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      return g.elementwise(X.times(Y.times(0.3).tanh()), x, g.rowMax(x));
    }
  },
  /** Means of rows and of columns. */
  MEANS {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      Node w = square(scope, "kernel", x);
      Node centred = g.elementwise(X.minus(Y), x, g.add(g.rowMean(x), g.columnMean(x)));
      return g.add(g.product(centred, w), g.columnMean(w));
    }
  },
  /** Halves of the columns, the other way round, one of them changed. */
  HALVES {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      int n = x.shape().columns();
      Node left = g.slice(x, 0, (n + 1) / 2);
      Node right = g.slice(x, n / 2, n);
      Node both = g.concatenate(right, g.elementwise(X.tanh(), left), right);
      return g.slice(both, 0, n);
    }
  },
  /** Weights sliced and put together. */
  PATCHED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      int n = x.shape().columns();
      Node w = scope.weights("kernel", n, n + 2, Initializer.GLOROT_UNIFORM);
      Node patched = g.concatenate(g.slice(w, 1, n + 1), g.slice(w, 0, 2));
      Node last = g.slice(g.multiply(patched, patched), n, n + 1);
      return g.add(g.product(x, patched), g.columnSum(last));
    }
  },
  /** The way back through the same weights. */
  AUTOENCODED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      int n = x.shape().columns();
      Node w = scope.weights("kernel", n, 5, Initializer.GLOROT_UNIFORM);
      return g.product(g.elementwise(X.tanh(), g.product(x, w)), g.transpose(w));
    }
  },
  /** Transposed weights in a product, on both sides of one, and element by element. */
  TRANSPOSED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      Node only = square(scope, "only", x);
      Node a = square(scope, "a", x);
      Node b = square(scope, "b", x);
      Node both = g.product(g.transpose(a), g.transpose(b));
      Node symmetric = g.multiply(b, g.transpose(b));
      return g.product(g.product(x, g.transpose(only)), g.add(both, symmetric));
    }
  },
  /** A row of weights as a matrix. */
  RESHAPED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      int n = x.shape().columns();
      Node w = scope.weights("kernel", 3, n * n, Initializer.GLOROT_UNIFORM);
      Node folded = g.slice(g.reshape(w, 3 * n), n, 2 * n);
      return g.product(x, folded);
    }
  },
  /** Two rows of a table for each sample, many of them the same. */
  LOOKED_UP {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      int n = x.shape().columns();
      Node table = scope.weights("table", n, 21, Initializer.normal(1));
      Node left = g.rowArgMax(x);
      Node right = g.rowArgMax(g.elementwise(X.negate(), x));
      return g.concatenate(x, g.gather(table, g.concatenate(left, right)));
    }
  },
  /** Samples are added up by a number, and everyone gets the sum of its own. */
  POOLED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      int n = x.shape().columns();
      Node group = g.rowArgMax(x);
      Node sums = g.scatter(g.elementwise(X.tanh(), x), group, n);
      return g.gather(g.elementwise(X.tanh(), sums), group);
    }
  },
  /** Fixed numbers. */
  FIXED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      int n = x.shape().columns();
      List<Double> row = IntStream.range(0, n).mapToObj(i -> 0.1 * i - 1).toList();
      return g.multiply(x, g.constant(1, n, row));
    }
  },
  /** Weights as large as the matrix they are multiplied with element by element. */
  MASKED {
    @Override
    Node forward(Scope scope, Node x) {
      Graph g = scope.graph();
      return g.product(x, g.multiply(square(scope, "kernel", x), square(scope, "mask", x)));
    }
  };

  private static final Expression X = new Expression.Operand(0);
  private static final Expression Y = new Expression.Operand(1);

  abstract Node forward(Scope scope, Node x);

  private static Node square(Scope scope, String name, Node x) {
    int n = x.shape().columns();
    return scope.weights(name, n, n, Initializer.GLOROT_UNIFORM);
  }

  Layer layer() {
    return new Custom(this::forward);
  }
}
