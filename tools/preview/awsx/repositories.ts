/** The children of awsx's ECR components. Names and inputs are the plugin's (pulumi/pulumi-awsx, awsx/ecr). */
import { hex } from "../synthetic";
import { type Properties } from "../types";
import { derived, plainValue, secret, unknownValue, unwrapped } from "../values";
import {
    type Children,
    type Expansion,
    expansion,
    list,
    ofClass,
    outputOf,
    record,
    shortHash,
    text,
} from "./children";

const REPOSITORY = "aws:ecr/repository:Repository";
const ONE_UNTAGGED: Properties = {
    description: "remove untagged images",
    tagStatus: "untagged",
    maximumNumberOfImages: 1,
};

/** The rules as ECR takes them: the one for any tag comes last. */
function lifecycleRules(rules: readonly Properties[]): Properties[] {
    const [any, others] = [true, false].map((wanted) =>
        rules.filter(({ tagStatus }) => (tagStatus === "any") === wanted),
    );
    if ((any ?? []).length > 1) {
        throw new Error('At most one [selection: "any"] rule can be provided.');
    }
    return [...(others ?? []), ...(any ?? [])].map((rule, index) => {
        const { description, maximumAgeLimit, maximumNumberOfImages, tagPrefixList, tagStatus } = rule;
        const isListed = tagStatus !== "any" && tagStatus !== "untagged";
        if (isListed && list(tagPrefixList).length === 0) {
            throw new Error("tagPrefixList cannot be empty.");
        }
        if (maximumNumberOfImages === undefined && maximumAgeLimit === undefined) {
            throw new Error(
                "Either [maximumNumberOfImages] or [maximumAgeLimit] must be provided with a rule.",
            );
        }
        return {
            rulePriority: index + 1,
            description,
            selection: {
                ...(isListed ? { tagStatus: "tagged", tagPrefixList } : { tagStatus }),
                ...(maximumNumberOfImages === undefined
                    ? { countType: "sinceImagePushed", countNumber: maximumAgeLimit, countUnit: "days" }
                    : { countType: "imageCountMoreThan", countNumber: maximumNumberOfImages }),
            },
            action: { type: "expire" },
        };
    });
}

/** Makes what an `awsx.ecr.Repository` is made of. */
export async function expandRepository(children: Children): Promise<Expansion> {
    const { goal } = children;
    const name = goal.name.toLowerCase();
    const repository = await children.make(REPOSITORY, name, ofClass(REPOSITORY, goal.inputs));
    const lifecycle = record(goal.inputs["lifecyclePolicy"]);
    const lifecyclePolicy =
        plainValue(lifecycle["skip"]) === true
            ? undefined
            : await children.make("aws:ecr/lifecyclePolicy:LifecyclePolicy", name, {
                  repository: outputOf(repository, "name"),
                  policy: derived([lifecycle["rules"] ?? [ONE_UNTAGGED]], (rules) =>
                      JSON.stringify({ rules: lifecycleRules(list(rules).map(record)) }),
                  ),
              });
    return expansion(
        { repository, lifecyclePolicy },
        { url: outputOf(repository, "repositoryUrl") },
        children,
    );
}

/** What the plugin calls an image that the program does not name: after what it is built from. */
function uniqueName(args: Properties, stack: string): string {
    const { args: buildArgs, context, dockerfile } = args;
    const parts = [
        text(context) ?? ".",
        ...(dockerfile === undefined ? [] : [`;dockerfile=${text(dockerfile) ?? ""}`]),
        ...Object.entries(record(buildArgs)).map(([key, value]) => `;arg[${key}]=${String(value)}`),
        stack,
    ];
    return `${shortHash(parts.join(""))}-container`;
}

/** Makes what an `awsx.ecr.Image` is made of: an image that is built and pushed. */
export async function expandImage(children: Children): Promise<Expansion> {
    const { goal, urn, expander } = children;
    const args = record(plainValue(goal.inputs));
    const url = goal.inputs["repositoryUrl"];
    const name = text(args["imageName"]) ?? text(args["imageTag"]) ?? uniqueName(args, expander.stack);
    const tagged = derived([url], (repository) => `${String(repository)}:${name}`);
    const caches = list(unwrapped(goal.inputs["cacheFrom"])).map((ref) => ({ registry: { ref } }));
    const credentials = await expander.invoke("aws:ecr/getAuthorizationToken:getAuthorizationToken", {
        registryId: text(args["registryId"]) ?? (text(args["repositoryUrl"]) ?? "").split(".")[0] ?? "",
    });
    const image = await children.make("docker-build:index:Image", name, {
        tags: [tagged],
        buildArgs: goal.inputs["args"],
        cacheFrom: caches.length === 0 ? [{ registry: { ref: tagged } }] : caches,
        cacheTo: [{ inline: {} }],
        context: { location: text(args["context"]) ?? "." },
        dockerfile: args["dockerfile"] === undefined ? {} : { location: args["dockerfile"] },
        platforms: args["platform"] === undefined ? [] : [args["platform"]],
        target: args["target"],
        push: true,
        registries: [
            {
                address: credentials["proxyEndpoint"],
                username: credentials["userName"],
                password: secret(credentials["password"]),
            },
        ],
    });
    const digest = unknownValue(`sha256:${hex(`${urn}/digest`, 64)}`, [image.urn]);
    return expansion(
        {},
        { imageUri: derived([url, digest], (repository, built) => `${String(repository)}@${String(built)}`) },
        children,
    );
}
