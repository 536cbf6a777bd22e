import dev.anneal.processor.PluginProcessor;
import javax.annotation.processing.Processor;
import org.jspecify.annotations.NullMarked;

/** What runs while a plugin is compiled: it writes a builder for each. */
@NullMarked
module dev.anneal.processor {
  requires java.compiler;
  requires static org.jspecify;

  provides Processor with
      PluginProcessor;
}
