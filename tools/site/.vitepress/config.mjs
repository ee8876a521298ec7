import { slug } from "github-slugger";
import { defineConfig } from "vitepress";
import { diagrams, repositoryLinks } from "./links.mjs";
import { root, sidebar } from "./pages.mjs";

const modules = `${root}/tools/site/node_modules`;

export default defineConfig({
    title: "Meridian",
    description: "A shop on AWS in several regions at once, as a Pulumi program and a library of components",
    lang: "en",
    // Wherever the site is served from, a folder below a host's included.
    base: process.env.MERIDIAN_SITE_BASE ?? "/",
    srcDir: root,
    outDir: `${root}/.cache/site`,
    cacheDir: `${root}/.cache/vitepress`,
    srcExclude: ["**/node_modules/**", "test/**", "dist/**", "tools/**"],
    rewrites: (page) => page.replace(/(^|\/)README\.md$/, "$1index.md"),
    cleanUrls: false,
    lastUpdated: false,
    markdown: {
        // Links to headings are written for the repository's own pages.
        anchor: { slugify: slug },
        config(markdown) {
            markdown.use(repositoryLinks);
            markdown.use(diagrams);
        },
    },
    // The pages lie outside of this folder, where what they are compiled to would not find its modules.
    vite: {
        resolve: {
            alias: [
                { find: /^vue$/, replacement: `${modules}/vue/dist/vue.runtime.esm-bundler.js` },
                {
                    find: /^vue\/server-renderer$/,
                    replacement: `${modules}/@vue/server-renderer/dist/server-renderer.esm-bundler.js`,
                },
            ],
        },
        build: { chunkSizeWarningLimit: 4096 },
    },
    head: [["link", { rel: "icon", href: "data:," }]],
    themeConfig: { sidebar, outline: [2, 3], search: { provider: "local" } },
});
