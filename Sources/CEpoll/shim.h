#pragma once

// Waiting for many descriptors at once, which Swift's view of the C library leaves out.
#include <sys/epoll.h>
#include <sys/eventfd.h>
