import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import {
    isCount,
    leftOutWhile,
    list,
    object,
    oneOf,
    once,
    required,
    textLike,
    unless,
} from "../../shared/argumentRules";
import { type Given } from "../../shared/argumentTable";
import { asSetting } from "../../shared/replacement";

/** By what ECR looks for vulnerabilities. */
export enum ImageScanType {
    /** ECR's own scanner: operating systems' packages, when an image is pushed. Free of charge. */
    Basic = "BASIC",
    /** Amazon Inspector: programming languages' packages, too, and again whenever there is news. Billed by image and scan. */
    Enhanced = "ENHANCED",
}

/** How a region's registry scans images. Repositories are named by patterns, such as `*` or `shop-*`. */
export interface RegistryScanning {
    /** By what. */
    type: ImageScanType;
    /** Patterns of the repositories whose images are scanned when they are pushed. `*` when both are left out. */
    onPush?: string[];
    /** Patterns of the repositories whose images are scanned again and again; with Enhanced alone. None when left out. */
    continuous?: string[];
}

// Amazon ECR API Reference, ScanningRepositoryFilter: 1 to 256 characters; 100 filters in a rule.
function patterns() {
    return list(
        once(
            textLike(
                /^[a-z0-9*](?:[._\-/a-z0-9*]{0,255})$/,
                "1 to 256 lower-case letters, digits and . _ - / *",
            ),
            "each pattern once",
        ),
        "a list of patterns of repositories",
        unless((given) => isCount(given, 1, 100), "1 to 100 patterns"),
    );
}

const isBasic = ({ registryScanning: scanning }: Given): boolean =>
    typeof scanning === "object" && scanning !== null && (scanning as Given).type === ImageScanType.Basic;

/** The rule of the argument. */
export const REGISTRY_SCANNING = object<RegistryScanning>({
    type: required(oneOf(ImageScanType)),
    onPush: patterns(),
    continuous: leftOutWhile(
        isBasic,
        () => ({ allowed: "nothing while type is BASIC", remedy: "Set type to ENHANCED" }),
        patterns(),
    ),
});

/** Makes `<name>-registry-scanning`. */
export function registryScanning(
    parent: pulumi.Resource,
    name: string,
    region: string,
    { type, onPush, continuous }: RegistryScanning,
): void {
    const rule = (scanFrequency: string, given: readonly string[] = []) =>
        given.length === 0
            ? []
            : [
                  {
                      scanFrequency,
                      repositoryFilters: given.map((filter) => ({ filter, filterType: "WILDCARD" })),
                  },
              ];
    const pushed = onPush === undefined && continuous === undefined ? ["*"] : onPush;
    new aws.ecr.RegistryScanningConfiguration(
        `${name}-registry-scanning`,
        {
            region,
            scanType: type,
            rules: [...rule("SCAN_ON_PUSH", pushed), ...rule("CONTINUOUS_SCAN", continuous)],
        },
        asSetting({ parent }),
    );
}
