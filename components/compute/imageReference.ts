import { input, judgedLater, text, textOf } from "../shared/argumentRules";
import { type Judge, type Rule } from "../shared/argumentTable";

/** A container image's name, taken apart. */
export interface ImageReference {
    /** Host of the registry, with its port where it has one; `docker.io` where the name has no host. */
    registry: string;
    /** Path of the repository in its registry. */
    repository: string;
    /** The tag, where the name has one. */
    tag?: string;
    /** The digest, where the name has one. */
    digest?: string;
    /** Account and region of the registry, where it is a private one of Amazon ECR. */
    ecr?: { accountId: string; region: string };
}

// Grammar of the reference: distribution/reference, which Docker and containerd share. A first component is a
// host where it has a dot or a port.
const HOST =
    /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::\d{1,5})?|localhost(?::\d{1,5})?)$/;
const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;
const ECR_HOST = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com$/;

/**
 * Takes a container image's name apart.
 *
 * @param text Such as `111122223333.dkr.ecr.eu-central-1.amazonaws.com/shop-web:1.4.2`.
 * @returns `undefined` where the text is not the name of an image.
 */
export function parseImageReference(text: string): ImageReference | undefined {
    const [named = "", digest, ...more] = text.split("@");
    if (more.length > 0 || (digest !== undefined && !DIGEST.test(digest)) || named.length > 255) {
        return undefined;
    }
    const slash = named.indexOf("/");
    const first = slash === -1 ? "" : named.slice(0, slash);
    const hosted = first.includes(".") || first.includes(":") || first === "localhost";
    if (hosted && !HOST.test(first)) {
        return undefined;
    }
    const [repository = "", tag, ...rest] = (hosted ? named.slice(slash + 1) : named).split(":");
    if (rest.length > 0 || (tag !== undefined && !TAG.test(tag))) {
        return undefined;
    }
    if (!repository.split("/").every((component) => COMPONENT.test(component))) {
        return undefined;
    }
    const [, accountId, region] = ECR_HOST.exec(first) ?? [];
    return {
        registry: hosted ? first : "docker.io",
        repository,
        ...(tag === undefined ? {} : { tag }),
        ...(digest === undefined ? {} : { digest }),
        ...(accountId === undefined || region === undefined ? {} : { ecr: { accountId, region } }),
    };
}

/** Whether the name says which build it means: a digest, or a tag other than `latest`. */
export function isPinned(image: ImageReference): boolean {
    return image.digest !== undefined || (image.tag !== undefined && image.tag !== "latest");
}

const PINNED = "an image's name with a tag other than latest, or with a sha256 digest";
const FORM =
    "Write it as [registry/]repository:tag or [registry/]repository@sha256:…, the repository in lower case";

const isPinnedImage: Judge = (image) => {
    const reference = parseImageReference(textOf(image));
    return reference !== undefined && isPinned(reference)
        ? undefined
        : {
              allowed: PINNED,
              remedy:
                  reference === undefined
                      ? FORM
                      : "Name the build, or instances that start later run another one",
          };
};

/** The rule of an image that says which build it means; known now or later. */
export function pinnedImage(): Rule<"text", false, true> {
    return judgedLater(input(text(PINNED, isPinnedImage)));
}

const DIGEST_NEEDED = "an image's name with a sha256 digest";

/** The rule of an image that nobody can change behind its name: of somebody else's program. */
export function imageByDigest(): Rule<"text", false, true> {
    const judge: Judge = (image) =>
        parseImageReference(textOf(image))?.digest === undefined
            ? {
                  allowed: DIGEST_NEEDED,
                  remedy: "A tag of somebody else's repository may mean another build tomorrow",
              }
            : undefined;
    return judgedLater(input(text(DIGEST_NEEDED, judge)));
}

/** ARN of the ECR repository that an image is in; none where it is in another registry. */
export function repositoryArn(image: string): string | undefined {
    const reference = parseImageReference(image);
    return reference?.ecr === undefined
        ? undefined
        : `arn:aws:ecr:${reference.ecr.region}:${reference.ecr.accountId}:repository/${reference.repository}`;
}
