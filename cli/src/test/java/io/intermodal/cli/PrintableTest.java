package io.intermodal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableTest {

  private static final String HOSTILE = "a\u001b]0;title\u0007b\u0085c\u202Ed\u009b2Je";

  @Test
  void namesCannotMoveTheTerminal() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(new PrintableWriter(text), true);

    out.print(HOSTILE);
    out.print('\u0007');
    out.flush();

    assertThat(text.toString()).isEqualTo("a]0;titlebcd2Je");
  }

  @Test
  void coloursLinesAndLettersPass() {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(new PrintableWriter(text), true);

    out.print("\u001b[1;31mhöher\u001b[0m\t機械 \ud83d\ude80\r\u001b[K\n");
    out.flush();

    assertThat(text.toString())
        .isEqualTo("\u001b[1;31mhöher\u001b[0m\t機械 \ud83d\ude80\r\u001b[K\n");
  }

  @Test
  void jsonKeepsThemEscaped() throws Exception {
    ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", HOSTILE);

    String text = Json.text(node);

    assertThat(text).doesNotContain("\u202E", "\u009b", "\u0085", "\u001b");
    assertThat(new ObjectMapper().readTree(text)).isEqualTo(node);
  }
}
