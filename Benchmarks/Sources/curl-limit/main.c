// What libcurl alone can do: posts the lines of a file to a URL through one multi handle, so many at a time, and prints
// seconds, requests that were answered with 200, and bytes of their answers. A line that begins with an exclamation mark is
// posted over a connection of its own, as requests are that place calls.
//
// usage: curl-limit URL FILE CONNECTIONS
#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct posts {
    char *text;
    char **lines;
    size_t count, next, answered, bytes;
    struct curl_slist *headers;
    const char *url;
};

static size_t take(char *data, size_t size, size_t count, void *user) {
    (void)data;
    ((struct posts *)user)->bytes += size * count;
    return size * count;
}

static int read_lines(struct posts *posts, const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    posts->text = malloc((size_t)size + 1);
    if (!posts->text || fread(posts->text, 1, (size_t)size, file) != (size_t)size) return 0;
    fclose(file);
    posts->text[size] = 0;
    size_t room = 0;
    for (char *line = strtok(posts->text, "\n"); line; line = strtok(NULL, "\n")) {
        if (posts->count == room) {
            room = room ? room * 2 : 1024;
            posts->lines = realloc(posts->lines, room * sizeof *posts->lines);
            if (!posts->lines) return 0;
        }
        posts->lines[posts->count++] = line;
    }
    return posts->count > 0;
}

// Hands the next line to an easy handle; 0 when there is none.
static int start(CURLM *multi, CURL *easy, struct posts *posts) {
    if (posts->next == posts->count) return 0;
    const char *line = posts->lines[posts->next++];
    long is_alone = *line == '!';
    line += is_alone;
    curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, is_alone);
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, is_alone);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, line);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(line));
    return curl_multi_add_handle(multi, easy) == CURLM_OK;
}

static CURL *handle(struct posts *posts) {
    CURL *easy = curl_easy_init();
    curl_easy_setopt(easy, CURLOPT_URL, posts->url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, posts->headers);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, posts);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    return easy;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

// Returns how many requests are still under way or to be started.
static int collect(CURLM *multi, struct posts *posts, int running) {
    int left = 0;
    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left));) {
        if (message->msg != CURLMSG_DONE) continue;
        CURL *easy = message->easy_handle;
        long status = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        if (message->data.result == CURLE_OK && status == 200) posts->answered++;
        curl_multi_remove_handle(multi, easy);
        if (start(multi, easy, posts)) running++;
        else curl_easy_cleanup(easy);
    }
    return running;
}

int main(int count, char **arguments) {
    struct posts posts = {0};
    if (count != 4 || !read_lines(&posts, arguments[2])) {
        fprintf(stderr, "usage: curl-limit URL FILE CONNECTIONS\n");
        return 64;
    }
    posts.url = arguments[1];
    curl_global_init(CURL_GLOBAL_DEFAULT);
    posts.headers = curl_slist_append(NULL, "Content-Type: application/x-www-form-urlencoded");
    posts.headers = curl_slist_append(posts.headers, "Accept: application/json");
    posts.headers = curl_slist_append(posts.headers, "Expect:");
    CURLM *multi = curl_multi_init();
    int connections = atoi(arguments[3]);
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, (long)connections);
    double began = now();
    for (int index = 0; index < connections; index++) {
        CURL *easy = handle(&posts);
        if (!start(multi, easy, &posts)) curl_easy_cleanup(easy);
    }
    int running = 0;
    do {
        if (curl_multi_perform(multi, &running) != CURLM_OK) return 70;
        running = collect(multi, &posts, running);
        if (running && curl_multi_poll(multi, NULL, 0, 1000, NULL) != CURLM_OK) return 70;
    } while (running);
    printf("%.6f %zu %zu\n", now() - began, posts.answered, posts.bytes);
    curl_multi_cleanup(multi);
    return posts.answered == posts.count ? 0 : 1;
}
