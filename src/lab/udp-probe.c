/*
 * udp-probe - did any datagram of a steady flow get lost or change its server?
 *
 * usage: udp-probe ADDRESS PORT PACKETS-PER-SECOND
 *
 * Sends numbered datagrams from one socket to an echo server that puts its name and a space in
 * front. Prints "running" at the first answer, sends until its standard input is closed, waits up
 * to a second for the last answers, then prints one line of JSON:
 *   sent, received, refused (send failed), moves (an answer came from another server than the one
 *   before it, by number), maxMicros (slowest answer), servers (answers of each), lost (the first
 *   numbers that got no answer).
 * Exit status: 0 nothing lost, 1 something lost, 2 could not run.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <netdb.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Nobody answers the first packets: nobody will */
#define PATIENCE (20 * NANOS)

/* Ten minutes at the highest rate that this probe is meant for, 5000 a second */
#define MAX_PACKETS 3000000u
#define MAX_SERVERS 32
#define NAME_LENGTH 16
#define LOST_SHOWN 10
#define NANOS 1000000000ull
#define PAYLOAD 32

struct answer {
	uint32_t micros;
	uint8_t server; /* 0: none yet, else its position in servers plus 1 */
};

static struct answer answers[MAX_PACKETS];
static uint64_t sent_at[MAX_PACKETS];
static char servers[MAX_SERVERS][NAME_LENGTH];
static unsigned long answered_by[MAX_SERVERS];
static unsigned int server_count;

static uint64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * NANOS + (uint64_t)t.tv_nsec;
}

static void give_up(const char *what, const char *why)
{
	fprintf(stderr, "udp-probe: %s: %s\n", what, why);
	exit(2);
}

static int open_flow(const char *address, const char *port)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST, .ai_socktype = SOCK_DGRAM }, *found;
	int error = getaddrinfo(address, port, &hints, &found), buffer = 8 << 20, fd;

	if (error)
		give_up(address, gai_strerror(error));
	fd = socket(found->ai_family, SOCK_DGRAM, 0);
	/* Bursts of answers must not be lost in this process; needs CAP_NET_ADMIN */
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof(buffer)) ||
	    connect(fd, found->ai_addr, found->ai_addrlen))
		give_up(address, strerror(errno));
	freeaddrinfo(found);
	return fd;
}

static uint8_t server_number(const char *name, size_t length)
{
	if (length >= NAME_LENGTH)
		give_up("answer", "name of the server is too long");
	for (unsigned int i = 0; i < server_count; i++)
		if (strlen(servers[i]) == length && !memcmp(servers[i], name, length))
			return (uint8_t)(i + 1);
	if (server_count == MAX_SERVERS)
		give_up("answer", "too many servers");
	memcpy(servers[server_count], name, length);
	return (uint8_t)(++server_count);
}

/* Takes every answer that has arrived; returns how many were the first for their number. */
static uint32_t receive(int fd, uint32_t sent)
{
	char packet[256];
	ssize_t length;
	uint32_t fresh = 0, number;

	while ((length = recv(fd, packet, sizeof(packet), MSG_DONTWAIT)) > 0) {
		size_t name = (size_t)length - PAYLOAD - 1;

		if (length <= PAYLOAD + 1)
			give_up("answer", "too short: does an echo server listen there?");
		memcpy(&number, packet + name + 1, sizeof(number));
		if (number >= sent || answers[number].server)
			continue;
		answers[number].server = server_number(packet, name);
		answers[number].micros = (uint32_t)((now() - sent_at[number]) / 1000);
		answered_by[answers[number].server - 1]++;
		fresh++;
	}
	return fresh;
}

static void report(uint32_t sent, uint32_t received, uint32_t refused)
{
	uint32_t slowest = 0, moves = 0, shown = 0;
	uint8_t before = 0;

	for (uint32_t i = 0; i < sent; i++) {
		if (answers[i].micros > slowest)
			slowest = answers[i].micros;
		if (answers[i].server && before && answers[i].server != before)
			moves++;
		if (answers[i].server)
			before = answers[i].server;
	}
	printf("{\"sent\":%u,\"received\":%u,\"refused\":%u,\"moves\":%u,\"maxMicros\":%u,\"servers\":{", sent, received,
	       refused, moves, slowest);
	for (unsigned int i = 0; i < server_count; i++)
		printf("%s\"%s\":%lu", i ? "," : "", servers[i], answered_by[i]);
	printf("},\"lost\":[");
	for (uint32_t i = 0; i < sent && shown < LOST_SHOWN; i++)
		if (!answers[i].server)
			printf("%s%u", shown++ ? "," : "", i);
	printf("]}\n");
}

int main(int argc, char **argv)
{
	uint32_t sent = 0, received = 0, refused = 0;
	uint64_t start, step, end = UINT64_MAX;
	unsigned long rate;
	int fd;

	if (argc != 4)
		give_up("usage", "udp-probe ADDRESS PORT PACKETS-PER-SECOND");
	rate = strtoul(argv[3], NULL, 10);
	if (!rate || rate > 100000)
		give_up(argv[3], "use 1 to 100000 packets per second");
	fd = open_flow(argv[1], argv[2]);
	setvbuf(stdout, NULL, _IOLBF, 0);
	step = NANOS / rate;
	start = now();

	while (now() < end && (end == UINT64_MAX || received < sent)) {
		struct pollfd wait[] = { { .fd = fd, .events = POLLIN }, { .fd = STDIN_FILENO, .events = POLLIN } };
		struct timespec pause = { 0, 1000000 };
		uint64_t due = start + sent * step, time = now();
		uint32_t fresh;

		for (; end == UINT64_MAX && sent < MAX_PACKETS && due <= now(); due += step) {
			char packet[PAYLOAD] = { 0 };

			memcpy(packet, &sent, sizeof(sent));
			sent_at[sent] = now();
			refused += send(fd, packet, sizeof(packet), 0) < 0;
			sent++;
		}
		if (end == UINT64_MAX && due > time && due - time < (uint64_t)pause.tv_nsec)
			pause.tv_nsec = (long)(due - time);
		if (ppoll(wait, end == UINT64_MAX ? 2 : 1, &pause, NULL) < 0)
			give_up("ppoll", strerror(errno));
		fresh = receive(fd, sent);
		if (!received && fresh)
			puts("running");
		received += fresh;
		if (!received && now() - start > PATIENCE)
			give_up(argv[1], "no answer for 20 seconds");
		/* Closed input reads as ready for ever: nobody writes to it */
		if (end == UINT64_MAX && (wait[1].revents || sent == MAX_PACKETS))
			end = now() + NANOS;
	}
	report(sent, received, refused);
	return sent != received;
}
