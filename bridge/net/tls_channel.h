// TLS over a socket that never blocks.
#pragma once

#include <openssl/ssl.h>

#include <memory>

#include "bridge/net/channel.h"

namespace saksbro::net {

// Takes the socket over. Null: out of memory; the socket is closed then too.
[[nodiscard]] std::unique_ptr<Channel> tls_channel(int socket, SSL_CTX* context);

}  // namespace saksbro::net
