import { createRequire } from "node:module";

import * as pulumi from "@pulumi/pulumi";

// Whoever makes no component that needs @pulumi/aws-native does not install it. So each component that does writes down
// what it uses of the package, which a test holds to the package's own declarations, and loads it when it is made.

/** A resource of @pulumi/aws-native with outputs that are texts. */
export type NativeResource<Output extends string> = pulumi.CustomResource & {
    readonly [Name in Output]: pulumi.Output<string>;
};

/** A class of @pulumi/aws-native. */
export type NativeClass<Args, Output extends string> = new (
    name: string,
    args: Args,
    opts?: pulumi.CustomResourceOptions,
) => NativeResource<Output>;

/** The module of the package's provider. */
export interface ProviderModule {
    readonly Provider: new (
        name: string,
        args: { region: string; allowedAccountIds: pulumi.Input<string>[] },
        opts?: pulumi.ResourceOptions,
    ) => pulumi.ProviderResource;
}

const PACKAGE = "@pulumi/aws-native";

/**
 * Loads one of the 250 modules of @pulumi/aws-native, which takes a hundredth of the time of all.
 *
 * @param asker Who needs it, for the error.
 * @param load As Node.js's `require`, in a test.
 * @throws pulumi.RunError when the package is not installed.
 */
export function loadNative(
    asker: string,
    module: string,
    load: (name: string) => unknown = createRequire(__filename),
): unknown {
    try {
        return load(`${PACKAGE}/${module}`);
    } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === "MODULE_NOT_FOUND" && message.includes(`'${PACKAGE}/`)) {
            throw new pulumi.RunError(
                `${asker} needs ${PACKAGE}, which is not installed beside this package: npm install ${PACKAGE}`,
            );
        }
        throw error;
    }
}

/** Where resources of @pulumi/aws-native are to be: they have no argument for a region of their own. */
export interface NativePlace {
    region: string;
    accountId: pulumi.Input<string>;
}

/**
 * The provider that the component was given for a type of @pulumi/aws-native, or one for its region and account,
 * `<name>-native`.
 */
export function nativeProvider(
    parent: pulumi.ComponentResource,
    name: string,
    place: NativePlace,
    type: string,
    provider: ProviderModule,
): pulumi.ProviderResource {
    return parent.getProvider(type) ?? makeNativeProvider(parent, `${name}-native`, place, provider);
}

/** A provider for a region and account alone. */
export function makeNativeProvider(
    parent: pulumi.Resource,
    name: string,
    { region, accountId }: NativePlace,
    { Provider }: ProviderModule,
): pulumi.ProviderResource {
    return new Provider(name, { region, allowedAccountIds: [accountId] }, { parent });
}
