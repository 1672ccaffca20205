package io.intermodal.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes JSON documents, one to a command. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** What a terminal would obey and JSON allows as it is; it stands in strings only. */
  private static final Pattern INVISIBLE =
      Pattern.compile("[\\u007f-\\u009f\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private Json() {}

  static String text(JsonNode node) {
    try {
      String text = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
      return INVISIBLE
          .matcher(text)
          .replaceAll(
              found -> String.format(Locale.ROOT, "\\\\u%04x", (int) found.group().charAt(0)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
