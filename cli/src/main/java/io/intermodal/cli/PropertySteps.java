package io.intermodal.cli;

import io.intermodal.IntermodalException;
import io.intermodal.ovf.Envelope;
import io.intermodal.ovf.EnvelopeDraft.DraftProperty;
import io.intermodal.ovf.ProductProperty;
import io.intermodal.ovf.edit.EnvelopeEditor;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the edits of properties; a secret never comes from the command line itself. */
final class PropertySteps {

  private final EditOptions options;
  private final Envelope envelope;
  private final EnvelopeEditor editor;
  private final UnaryOperator<@Nullable String> environment;

  PropertySteps(
      EditOptions options,
      Envelope envelope,
      EnvelopeEditor editor,
      UnaryOperator<@Nullable String> environment) {
    this.options = options;
    this.envelope = envelope;
    this.editor = editor;
    this.environment = environment;
  }

  void run() {
    options.removeProperties.forEach(editor::removeProperty);
    options.addProperties.forEach(this::addProperty);
    options.properties.forEach(
        (key, value) -> {
          if (secret(OptionValue.of(key).value()) || secret(key)) {
            throw new IntermodalException(
                CliError.WRONG_USAGE,
                "cannot set the property "
                    + key
                    + ": it is a secret, and every user of this computer can see arguments; give it"
                    + " with --set-property-env "
                    + key
                    + "=VARIABLE");
          }
          setProperty(key, value);
        });
    options.propertiesFromEnvironment.forEach(
        (key, name) -> {
          String value = environment.apply(name);
          if (value == null) {
            throw new IntermodalException(
                CliError.WRONG_USAGE,
                "cannot set the property "
                    + key
                    + ": there is no environment variable "
                    + name
                    + "; export it first");
          }
          setProperty(key, value);
        });
  }

  private boolean secret(String key) {
    return named(key).anyMatch(ProductProperty::password);
  }

  private Stream<ProductProperty> named(String key) {
    return envelope.products().stream()
        .flatMap(p -> p.properties().stream())
        .filter(p -> p.fullKey().equals(key));
  }

  /** A key may hold the sign that comes before an option, so a key that is there goes first. */
  private void setProperty(String key, String value) {
    boolean there = named(key).findAny().isPresent();
    OptionValue choice = OptionValue.of(key);
    if (there || choice.option() == null) {
      editor.setProperty(key, value);
    } else {
      editor.setProperty(choice.value(), value, choice.option());
    }
  }

  private void addProperty(String text) {
    int equals = text.indexOf('=');
    String left = equals < 0 ? text : text.substring(0, equals);
    int colon = left.indexOf(':');
    String type = colon < 0 ? "string" : left.substring(colon + 1);
    String key = colon < 0 ? left : left.substring(0, colon);
    boolean password = type.equals("password");
    if (equals >= 0 && (password || ProductProperty.isSecretBy(key, type))) {
      throw new IntermodalException(
          CliError.WRONG_USAGE,
          "cannot add the property "
              + key
              + ": it is a secret, and every user of this computer can see arguments; add it without"
              + " a value and give that with --set-property-env "
              + key
              + "=VARIABLE");
    }
    editor.addProperty(
        new DraftProperty(
            key,
            password ? "string" : type,
            equals < 0 ? null : text.substring(equals + 1),
            true,
            password,
            null));
  }
}
