package dev.anneal.processor;

import java.io.IOException;
import java.io.Writer;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.tools.Diagnostic;

/**
 * Writes a builder for each public record with {@code @Plugin} that stands in a file of its own:
 * {@code AdamBuilder} for {@code Adam}, in the same package. Its setters, their types and their
 * documentation are those of the record's components, so that a parameter is declared once.
 *
 * <p>A component without {@code @Param} is an error.
 */
@SupportedAnnotationTypes(Declaration.PLUGIN)
public final class PluginProcessor extends AbstractProcessor {
  /** Made by the compiler. */
  public PluginProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    annotations.stream()
        .flatMap(each -> ElementFilter.typesIn(round.getElementsAnnotatedWith(each)).stream())
        .filter(PluginProcessor::isUsable)
        .forEach(this::generate);
    return false;
  }

  /** Others are refused where plugins are loaded, or parts of a test. */
  private static boolean isUsable(TypeElement type) {
    return type.getKind() == ElementKind.RECORD
        && type.getNestingKind() == NestingKind.TOP_LEVEL
        && type.getModifiers().contains(Modifier.PUBLIC);
  }

  private void generate(TypeElement type) {
    try {
      write(type, Declaration.of(type, processingEnv.getElementUtils()));
    } catch (DeclarationException e) {
      processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, e.getMessage(), e.element());
    } catch (IOException e) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.ERROR, "no builder can be written: " + e, type);
    }
  }

  private void write(TypeElement type, Declaration plugin) throws IOException {
    String name = type.getQualifiedName() + BuilderSource.SUFFIX;
    try (Writer out = processingEnv.getFiler().createSourceFile(name, type).openWriter()) {
      out.write(new BuilderSource(plugin).text());
    }
  }
}
