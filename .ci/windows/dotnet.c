// dotnet.exe, which comes in no package: it hands its command line to the host that lies beside it. RUNTIME is the version of that host.
#include <windows.h>
#include <stdio.h>
#include <wchar.h>

typedef int (*hostfxr_main_function)(int, const wchar_t **);

int wmain(int argc, wchar_t **argv)
{
    wchar_t self[MAX_PATH], host[MAX_PATH];
    GetModuleFileNameW(NULL, self, MAX_PATH);
    wcscpy(host, self);
    *wcsrchr(host, L'\\') = 0;
    wcscat(host, L"\\host\\fxr\\" RUNTIME L"\\hostfxr.dll");
    HMODULE library = LoadLibraryW(host);
    if (!library)
    {
        fprintf(stderr, "There is no hostfxr.dll of version %ls.\n", RUNTIME);
        return 130;
    }

    argv[0] = self;
    return ((hostfxr_main_function)(void *)GetProcAddress(library, "hostfxr_main"))(argc, (const wchar_t **)argv);
}
