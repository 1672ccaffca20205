package io.intermodal.xml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class FixedListTest {

  private final List<String> list = FixedList.of(new String[] {"a", "b", "a"});

  @Test
  void isAListLikeAnyOther() {
    assertThat(list).isEqualTo(List.of("a", "b", "a")).hasSameHashCodeAs(List.of("a", "b", "a"));
    assertThat(list.stream().filter("a"::equals)).hasSize(2);
    assertThat(list.toArray()).isEqualTo(new Object[] {"a", "b", "a"});
    assertThat(FixedList.of(new String[0])).isEmpty();
  }

  @Test
  void cannotBeChanged() {
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> list.add("c"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> list.set(0, "c"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> list.removeIf("a"::equals));
    Object[] copy = list.toArray();
    copy[0] = "c";
    assertThat(list.get(0)).isEqualTo("a");
  }

  @Test
  void endsWhereTheArrayDoes() {
    Iterator<String> steps = FixedList.of(new String[] {"a"}).iterator();
    assertThat(steps.next()).isEqualTo("a");
    assertThat(steps.hasNext()).isFalse();
    assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(steps::next);
  }

  @Test
  void putsTextsTogetherThatAParserTakesApart() {
    String pieces = "one &amp; two\n  <![CDATA[<three>]]>\n  ";
    XmlElement root =
        XmlReader.standard()
            .read(
                "pieces",
                ("<a>\n  <b>" + pieces + "</b>\n  <b/>\n  </a>").getBytes(StandardCharsets.UTF_8))
            .root();
    assertThat(root.children()).hasSize(5);
    assertThat(root.childElements().get(0).children())
        .containsExactly(new XmlText("one & two\n  <three>\n  "));
    assertThat(root.children().get(0)).isSameAs(root.children().get(2));
  }
}
