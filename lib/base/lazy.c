/* lazy - a library that is loaded when it is first needed. */
#include "base/lazy.h"

#include <dlfcn.h>
#include <string.h>

bool
tk_lazy_load(const char *so, const struct tk_lazy *v, size_t n)
{
	void *lib, *found;
	size_t i;

	lib = dlopen(so, RTLD_NOW | RTLD_LOCAL);
	if (lib == NULL)
		return false;
	for (i = 0; i < n; i++) {
		found = dlsym(lib, v[i].name);
		if (found == NULL)
			return false;
		/* ISO C has no conversion from void * to a function's. */
		memcpy(v[i].to, &found, sizeof(found));
	}
	return true;
}
