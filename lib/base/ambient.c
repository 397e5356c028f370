/* ambient - the only door to clock, host, user and randomness. */
#include "base/ambient.h"

#include <netdb.h>
#include <pthread.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/str.h"

static int64_t held;

void
tk_now_hold(int64_t at)
{
	held = at;
}

int64_t
tk_now(void)
{
	const char *fixed = getenv("TK_NOW");
	char *end;
	int64_t at;
	long long n;

	if (held != 0)
		return held;
	if (fixed != NULL && fixed[0] != '\0') {
		if (tk_date_parse(&at, fixed))
			return at;
		n = strtoll(fixed, &end, 10);
		if (*end == '\0')
			return n;
	}
	return time(NULL);
}

int64_t
tk_ticks(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000LL + ts.tv_nsec / 1000000;
}

/* The canonical name is worth one look-up only where the plain name has no
 * domain: a Message-ID with a bare host name is not unique in the world. */
const char *
tk_host(void)
{
	static char name[256];
	const char *fixed = getenv("TK_HOST");
	struct addrinfo hints = { .ai_flags = AI_CANONNAME }, *ai = NULL;

	if (fixed != NULL && fixed[0] != '\0')
		return fixed;
	if (name[0] != '\0')
		return name;
	if (gethostname(name, sizeof(name) - 1) < 0 || name[0] == '\0')
		snprintf(name, sizeof(name), "localhost");
	if (strchr(name, '.') == NULL &&
	    getaddrinfo(name, NULL, &hints, &ai) == 0) {
		if (ai->ai_canonname != NULL &&
		    strlen(ai->ai_canonname) < sizeof(name))
			snprintf(name, sizeof(name), "%s", ai->ai_canonname);
		freeaddrinfo(ai);
	}
	return name;
}

const char *
tk_login(void)
{
	static char name[256];
	struct passwd *pw;

	if (name[0] != '\0')
		return name;
	pw = getpwuid(getuid());
	snprintf(name, sizeof(name), "%s", pw != NULL ? pw->pw_name : "nobody");
	return name;
}

/* splitmix64 (Steele, Lea, Flood 2014): only for repeatable tests. */
static uint64_t
seeded(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15u);

	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

void
tk_random(void *out, size_t len)
{
	static uint64_t state;
	static int is_seeded = -1;
	const char *seed = getenv("TK_RANDOM");
	unsigned char *p = out;
	size_t i;
	ssize_t n;

	if (is_seeded < 0) {
		is_seeded = seed != NULL;
		if (is_seeded)
			state = strtoull(seed, NULL, 10);
	}
	if (is_seeded) {
		for (i = 0; i < len; i++)
			p[i] = (unsigned char)seeded(&state);
		return;
	}
	while (len > 0) {
		n = getrandom(p, len, 0);
		if (n < 0)
			continue; /* EINTR is the only way to fail here */
		p += n;
		len -= (size_t)n;
	}
}

char *
tk_unique_name(void)
{
	static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
	static unsigned seq;
	unsigned char r[4];
	struct timespec ts;
	char *name;

	/* Letters are read by many threads. */
	pthread_mutex_lock(&mutex);
	tk_random(r, sizeof(r));
	clock_gettime(CLOCK_REALTIME, &ts);
	name = tk_strf("%lld.M%06ldP%dQ%uR%02x%02x%02x%02x.%s",
	    (long long)ts.tv_sec, ts.tv_nsec / 1000, (int)getpid(), seq++,
	    r[0], r[1], r[2], r[3], tk_host());
	pthread_mutex_unlock(&mutex);
	return name;
}
