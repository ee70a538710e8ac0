//! The one projector: a journal event becomes changes of state. Pure; used by the store and by the centre.
