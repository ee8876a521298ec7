import { toYaml } from "./yaml";

/** An image as its build sees it. */
export interface BuildspecImage {
    /** Name of the container that runs it. The image's own name when left out. */
    containerName?: string;
    /** Folder of the source that is the build's context. `.` when left out. */
    context?: string;
    /** Path of the Dockerfile in the source. `Dockerfile` in the context when left out. */
    dockerfile?: string;
}

/** What `imageBuildspec` writes a buildspec for. */
export interface ImageBuildspecArgs {
    /** The images by their names. */
    images: Readonly<Record<string, BuildspecImage>>;
    /** Whether the source is handed on beside the files that name the images, for a fleet's deployment. */
    handOnSource?: boolean;
}

/** The variable that holds the tag of all images of a run: the commit. */
export const TAG_VARIABLE = "IMAGE_TAG";

/** The variable that holds the address of an image's repository. */
export function repositoryVariable(image: string): string {
    return `REPOSITORY_${image.toUpperCase().replaceAll("-", "_")}`;
}

/** The file that tells the deployment of a service which image its container gets. */
export function definitionsFile(image: string): string {
    return `imagedefinitions-${image}.json`;
}

/**
 * Writes the buildspec that builds images, pushes them under the commit as their tag, and says in
 * `imagedefinitions-<image>.json` what was pushed. Its environment has `IMAGE_TAG` and one `REPOSITORY_<IMAGE>` each.
 * Source: AWS CodeBuild User Guide, "Build specification reference".
 */
export function imageBuildspec({ images, handOnSource = false }: ImageBuildspecArgs): string {
    const names = Object.keys(images);
    return toYaml({
        version: "0.2",
        env: { shell: "bash" },
        phases: {
            pre_build: { "on-failure": "ABORT", commands: signIn(names) },
            build: {
                "on-failure": "ABORT",
                commands: Object.entries(images).map(([name, image]) => buildCommands(name, image)),
            },
        },
        artifacts: { files: handOnSource ? ["**/*"] : names.map(definitionsFile) },
    });
}

/** Signs in to the registry, which all repositories of an account and region share. */
function signIn(names: readonly string[]): string[] {
    const registries = names.map((name) => `"\${${repositoryVariable(name)}%%/*}"`).join(" ");
    return [
        script(
            `for registry in $(printf '%s\\n' ${registries} | sort -u); do`,
            `    aws ecr get-login-password | docker login --username AWS --password-stdin "$registry"`,
            "done",
        ),
    ];
}

function buildCommands(
    name: string,
    { containerName = name, context = ".", dockerfile }: BuildspecImage,
): string {
    const repository = repositoryVariable(name);
    const file = dockerfile ?? (context === "." ? "Dockerfile" : `${context}/Dockerfile`);
    return script(
        `image="$${repository}:$${TAG_VARIABLE}"`,
        "# Tags never move: a second run of a commit finds its image there and deploys it.",
        `if aws ecr describe-images --repository-name "\${${repository}#*/}" --image-ids "imageTag=$${TAG_VARIABLE}" > /dev/null 2>&1; then`,
        `    echo "$image is there already"`,
        "else",
        `    docker build --platform linux/arm64 --file '${file}' --tag "$image" '${context}'`,
        `    docker push "$image"`,
        "fi",
        `printf '[{"name":"%s","imageUri":"%s"}]\\n' '${containerName}' "$image" > ${definitionsFile(name)}`,
    );
}

/** One command of several lines that ends at the first that fails. In a shell of its own: CodeBuild's own goes on. */
function script(...lines: readonly string[]): string {
    return ["(", "set -euo pipefail", ...lines, ")", ""].join("\n");
}
