package io.intermodal.ovf.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "AdminPassword",
        "guestinfo.cis.appliance.root.passwd",
        "org.acme.pw.1",
        "admin_pw",
        "PW",
        "rootPwd",
        "admin_pwd",
        "db-pass",
        "user.pass",
        "wifi_passphrase",
        "passcode",
        "clientSecret",
        "private_key",
        "api-key",
        "apiKey",
        "auth.token",
        "credentials"
      })
  void takesForASecret(String name) {
    assertThat(SecretNames.matches(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hostname",
        "pwm.speed",
        "power",
        "bypass",
        "passive",
        "passthrough",
        "compass.north",
        "public_key",
        "keyboard",
        "pw2d"
      })
  void takesForNoSecret(String name) {
    assertThat(SecretNames.matches(name)).isFalse();
  }
}
