package dev.anneal.nn.plan;

import dev.anneal.api.schedule.Progress;
import dev.anneal.core.convolution.PatchProduct;
import dev.anneal.core.window.Direction;
import dev.anneal.core.window.Geometry;
import dev.anneal.nn.graph.Node;

/** A convolution of the images of a batch, or one of its gradients. */
final class ConvolutionInstruction implements Instruction {
  private final PatchProduct convolution;
  private final Node images;
  private final Buffer left;
  private final Buffer right;
  private final Buffer to;

  ConvolutionInstruction(Node node, Geometry geometry, Direction direction, Plan.Setting setting) {
    convolution = new PatchProduct(geometry, direction, setting.width(), setting.workers());
    images = node.operands().getFirst();
    left = setting.buffer(images);
    right = setting.buffer(node.operands().getLast());
    to = setting.buffer(node);
  }

  @Override
  public void run(int batch, Progress progress) {
    convolution.run(left.matrix(), right.matrix(), to.matrix(), images.shape().rows(batch));
  }
}
