package dev.anneal.optimizers;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.anneal.api.catalogue.Catalogue;
import dev.anneal.core.update.UpdateCompiler;
import dev.anneal.core.update.UpdateProgram.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompilerDocumentTest {
  @Test
  void thePageShowsTheProgramThatIsCompiled() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "COMPILER.md"));
    String program =
        UpdateCompiler.compile(
                Catalogue.load().optimizer("clip(adam, global_norm=1)"), new Shape(3, 4), 0)
            .toString();
    assertTrue(page.contains("```\n" + program + "```"), program);
  }
}
