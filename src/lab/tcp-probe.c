/*
 * tcp-probe - did a connection that never pauses lose a segment?
 *
 * usage: tcp-probe ADDRESS PORT
 *
 * Plays ping-pong with an echo server, 64 bytes at a time without any pause. Prints "running" after
 * the first round trip, plays until its standard input is closed, then prints one line of JSON:
 *   roundTrips, retransmits (of the whole connection, counted by the kernel), maxMicros (slowest
 *   round trip).
 * Exit status: 0 no retransmit, 1 some, 2 could not run or the connection broke.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/tcp.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE 64

static uint64_t micros(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000000ull + (uint64_t)t.tv_nsec / 1000;
}

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "tcp-probe: %s: %s\n", what, why);
	exit(2);
}

static int open_connection(const char *address, const char *port)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_STREAM }, *found;
	/* A lost connection must end the test, not hang it */
	struct timeval patience = { .tv_sec = 20 };
	int error = getaddrinfo(address, port, &hints, &found), one = 1, fd;

	if (error)
		give_up(address, gai_strerror(error));
	fd = socket(found->ai_family, SOCK_STREAM, 0);
	if (fd < 0 || setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one)) ||
	    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)) ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)) ||
	    connect(fd, found->ai_addr, found->ai_addrlen))
		give_up(address, strerror(errno));
	freeaddrinfo(found);
	return fd;
}

static void round_trip(int fd)
{
	char message[MESSAGE] = "ping";
	ssize_t got;

	if (write(fd, message, sizeof(message)) != sizeof(message))
		give_up("write", strerror(errno));
	for (size_t have = 0; have < sizeof(message); have += (size_t)got) {
		got = read(fd, message + have, sizeof(message) - have);
		if (got <= 0)
			give_up("read", got ? strerror(errno) : "the server closed the connection");
	}
}

int main(int argc, char **argv)
{
	struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
	unsigned long round_trips = 0;
	struct tcp_info info = { 0 };
	socklen_t length = sizeof(info);
	uint64_t slowest = 0;
	int fd;

	if (argc != 3)
		give_up("usage", "tcp-probe ADDRESS PORT");
	fd = open_connection(argv[1], argv[2]);
	setvbuf(stdout, NULL, _IOLBF, 0);
	/* Closed input reads as ready for ever: nobody writes to it */
	while (!poll(&input, 1, 0)) {
		uint64_t start = micros(), took;

		round_trip(fd);
		took = micros() - start;
		if (took > slowest)
			slowest = took;
		if (!round_trips++)
			puts("running");
	}
	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length))
		give_up("TCP_INFO", strerror(errno));
	printf("{\"roundTrips\":%lu,\"retransmits\":%u,\"maxMicros\":%llu}\n", round_trips, info.tcpi_total_retrans,
	       (unsigned long long)slowest);
	return info.tcpi_total_retrans != 0;
}
