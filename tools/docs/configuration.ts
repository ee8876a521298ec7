/** Writes docs/configuration.md from the keys that Pulumi.yaml declares. */
import path from "node:path";
import { isMap, isScalar, parseDocument, type YAMLMap } from "yaml";

const ROOT = path.join(__dirname, "..", "..");

/** Where the project declares its keys, and where people read of them. */
export const PROJECT_FILE = path.join(ROOT, "Pulumi.yaml");
export const DOCUMENT_FILE = path.join(ROOT, "docs", "configuration.md");

interface Declaration {
    readonly type: string;
    readonly items?: { readonly type: string };
    readonly default?: unknown;
    readonly description: string;
}

const INTRODUCTION = `# Configuration

Written from \`Pulumi.yaml\` by \`npm run docs\`; change it there.

\`Pulumi.yaml\` declares every key with its type, its default and what it means. A stack's file, such as
\`Pulumi.prod-us.yaml\`, sets what has no default and what is to differ, under the project's namespace:

\`\`\`yaml
config:
  meridian:webMaxSize: 24
  meridian:availabilityZones: [us-east-1a, us-east-1b]
\`\`\`

\`pulumi config set\` does the same: \`pulumi config set webMaxSize 24 --stack prod-us\`, and for one entry of a list
\`pulumi config set --path 'availabilityZones[0]' us-east-1a --stack prod-us\`.

Every value is checked before anything is registered. All problems come in one message, each with the key, the value
and what is allowed, and the exit status is 1:

\`\`\`text
The configuration of stack prod-us has 2 problems:
  - meridian:webMaxsize in Pulumi.prod-us.yaml is no key of this project; allowed: the keys that Pulumi.yaml declares. Did you mean meridian:webMaxSize?
  - meridian:databaseMinCapacity in Pulumi.prod-us.yaml is 8.25; allowed: 8 to 64 (meridian:databaseMaxCapacity) ACUs in steps of 0.5
\`\`\`

What comes from \`npm run preview -- --config\` or from a default is said to, and no file is blamed for it. Nothing that
a component would refuse passes this check.

A stack's file is one YAML document in UTF-8, and holds plain text: none of these values is a secret, so
\`pulumi config set --secret\` is refused. Put texts of digits in quotes, since YAML shortens numbers: \`17.10\` is 17.1.

Some keys must be the same in all stacks of an environment, because what they say is shared: \`accountId\`, \`domainName\`,
\`hostedZoneId\`, \`foundingRegion\`, \`primaryRegion\`, \`databaseName\`, \`databaseEngineVersion\` and \`healthCheckPath\`.
\`npm run preview\`, \`npm run up\` and \`npm run preview:live\` compare the files, and the global stack what the regions'
stacks were told when they were updated last; each refuses what disagrees, with every value and where it is.

Regions themselves are not configuration: they are entries of \`regions/catalogue.ts\`, with their AWS region, address
block, zones, jurisdiction, continents and the region that takes over for them. There are eleven at most, which is what
one Aurora global database joins. An environment may have regions of its own there, as \`dev\` has
([dev-environment.md](dev-environment.md)).
`;

/** The document for a project file's text, with more sections after those of the keys. */
export function configurationDocument(projectFile: string, more: readonly string[] = []): string {
    const config = parseDocument(projectFile).get("config");
    if (!isMap(config)) {
        throw new Error("the project file has no config section");
    }
    const declarations = config.toJSON() as Record<string, Declaration>;
    const groups = groupsOf(config).map(
        ({ title, keys }) =>
            `## ${title}\n\n${keys.map((key) => entry(key, declarations[key] as Declaration)).join("\n")}\n`,
    );
    return [INTRODUCTION, ...groups, ...more].join("\n");
}

interface Group {
    readonly title: string;
    readonly keys: string[];
}

/** Keys under the comments that head them. */
function groupsOf(config: YAMLMap): Group[] {
    const groups: Group[] = [];
    // The comment before the first key belongs to the map, the others to their key.
    let heading = config.commentBefore;
    for (const { key } of config.items) {
        if (!isScalar(key) || typeof key.value !== "string") {
            throw new Error("a key of the config section is not a text");
        }
        const title = (key.commentBefore ?? heading)?.trim();
        heading = undefined;
        if (title !== undefined) {
            groups.push({ title, keys: [] });
        }
        const group = groups.at(-1);
        if (group === undefined) {
            throw new Error(`no comment says which group ${key.value} belongs to`);
        }
        group.keys.push(key.value);
    }
    return groups;
}

function entry(key: string, { type, items, default: value, description }: Declaration): string {
    const kind = items === undefined ? type : `list of ${items.type}s`;
    const preset = value === undefined ? "no default" : `default ${shown(value)}`;
    return `- \`${key}\` (${kind}, ${preset}): ${description}`;
}

function shown(value: unknown): string {
    if (value === "") {
        return "empty";
    }
    if (Array.isArray(value)) {
        return value.length === 0 ? "empty" : value.map((item) => `\`${String(item)}\``).join(", ");
    }
    return `\`${String(value)}\``;
}
