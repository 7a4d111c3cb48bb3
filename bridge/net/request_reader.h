// Reads one whole request off a socket under hard limits of bytes and time.
#pragma once

#include "bridge/net/deadline_socket.h"
#include "bridge/net/http_server.h"
#include "bridge/net/request_head.h"

namespace saksbro::net {

struct WholeRequest {
  RequestHead head;
  std::string body;
};

constexpr int nobody_to_tell = 0;  // a Refusal's status when the peer is gone

[[nodiscard]] tl::expected<WholeRequest, Refusal> read_request(DeadlineSocket& socket,
                                                               const ServerLimits& limits);

}  // namespace saksbro::net
