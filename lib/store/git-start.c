/* git-start - libgit2 without what speaks to other machines. */
#include "base/mem.h"
#include "store/git.h"

/*
 * Fetch and push are the git program's. libgit2's own ways out bring TLS, SSH
 * and Kerberos with them, whose start takes longer than a short command, and
 * Debian's reads all certificates of the system on top of that. Where libgit2
 * is linked into the program these stand for the objects with those ways, so
 * that nothing of them comes in; in a libgit2 that is loaded they are without
 * effect, but for the last.
 */
extern bool git_http__expect_continue;
bool git_http__expect_continue;

int git_mbedtls_stream_global_init(void);
int git_mbedtls__set_cert_location(const char *file, const char *dir);
int git_mbedtls_stream_new(void **out, const char *host, const char *port);
int git_mbedtls_stream_wrap(void **out, void *in, const char *host);
int git_transport_ssh_global_init(void);
int git_transport_ssh_with_paths(void **out, void *owner, void *paths);
int git_smart_subtransport_ssh(void **out, void *owner, void *param);
int git_smart_subtransport_http(void **out, void *owner, void *param);
int mbedtls_x509_crt_parse_file(void *chain, const char *path);

int
git_mbedtls_stream_global_init(void)
{
	return 0;
}

int
git_mbedtls__set_cert_location(const char *file, const char *dir)
{
	(void)file, (void)dir;
	return -1;
}

int
git_mbedtls_stream_new(void **out, const char *host, const char *port)
{
	(void)out, (void)host, (void)port;
	return -1;
}

int
git_mbedtls_stream_wrap(void **out, void *in, const char *host)
{
	(void)out, (void)in, (void)host;
	return -1;
}

int
git_transport_ssh_global_init(void)
{
	return 0;
}

int
git_transport_ssh_with_paths(void **out, void *owner, void *paths)
{
	(void)out, (void)owner, (void)paths;
	return -1;
}

int
git_smart_subtransport_ssh(void **out, void *owner, void *param)
{
	(void)out, (void)owner, (void)param;
	return -1;
}

int
git_smart_subtransport_http(void **out, void *owner, void *param)
{
	(void)out, (void)owner, (void)param;
	return -1;
}

int
mbedtls_x509_crt_parse_file(void *chain, const char *path)
{
	(void)chain, (void)path;
	return 0;
}

void
tk_git_start(void)
{
	/* Of sparse and partial clones: store/sparse.h, store/promisor.h. */
	static const char *extensions[] = { "noop", "worktreeconfig",
		"partialclone" };

	git_libgit2_init();
	git_libgit2_opts(
	    GIT_OPT_SET_EXTENSIONS, extensions, TK_COUNT(extensions));
}
