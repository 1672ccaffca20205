package io.intermodal.migrate.guest;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.Proxy;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SocketFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Carries a session through another one (RFC 4254 section 7.2, direct-tcpip). */
final class SshTunnel implements Proxy {

  private final Session jump;
  private @Nullable Channel channel;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  SshTunnel(Session jump) {
    this.jump = jump;
  }

  @Override
  public void connect(@Nullable SocketFactory factory, String host, int port, int timeout)
      throws Exception {
    Channel opened = jump.getStreamForwarder(host, port);
    channel = opened;
    input = opened.getInputStream();
    output = opened.getOutputStream();
    opened.connect(timeout);
  }

  @Override
  public @Nullable InputStream getInputStream() {
    return input;
  }

  @Override
  public @Nullable OutputStream getOutputStream() {
    return output;
  }

  @Override
  public @Nullable Socket getSocket() {
    return null;
  }

  @Override
  public void close() {
    if (channel != null) {
      channel.disconnect();
    }
  }
}
