//! Who sends an operation, and whose it may be: a session sends its own, a rescue bundle
//! contains what others did.

use domain::{DeviceId, UserName, access::Actor, sync::Operation};

use crate::store::{StoreError, Transaction, devices, users};

/// The session that an operation came with.
#[derive(Clone, Debug)]
pub struct Sender {
    pub actor: Actor,
    pub device: DeviceId,
}

/// The rescue bundle that an operation came in.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The device that the bundle is of.
    pub device: DeviceId,
    /// Who sent the bundle.
    pub user: UserName,
    /// Whether whoever sent it can write to the data folder anyway.
    pub is_trusted: bool,
}

pub(super) enum Submitter<'a> {
    Session(&'a Sender),
    Bundle(&'a Bundle),
}

impl Submitter<'_> {
    pub(super) const fn device(&self) -> DeviceId {
        match self {
            Self::Session(sender) => sender.device,
            Self::Bundle(bundle) => bundle.device,
        }
    }

    pub(super) const fn user(&self) -> &UserName {
        match self {
            Self::Session(sender) => &sender.actor.user,
            Self::Bundle(bundle) => &bundle.user,
        }
    }

    /// Who did it, with their role of now; or why this submitter may not send it.
    pub(super) fn author(
        &self,
        transaction: &mut dyn Transaction,
        operation: &Operation,
    ) -> Result<Result<Actor, &'static str>, StoreError> {
        let bundle = match self {
            Self::Session(sender) => {
                let is_own =
                    operation.author == sender.actor.user && operation.device == sender.device;
                return Ok(is_own.then(|| sender.actor.clone()).ok_or(""));
            }
            Self::Bundle(bundle) => bundle,
        };
        let Some(account) = users::find(transaction, operation.author.as_str())? else {
            return Ok(Err("there is no such account"));
        };
        // The id of a device is known to its users only. Without this check anybody could
        // write an order and name a reviewer as its author.
        if !bundle.is_trusted
            && !devices::was_used_by(transaction, operation.device, &operation.author)?
        {
            return Ok(Err("this account never signed in on that device"));
        }
        Ok(Ok(account.actor))
    }
}
