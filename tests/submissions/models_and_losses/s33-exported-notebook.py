#!/usr/bin/env python
# coding: utf-8

# # Models and losses
# exported with "File > Download as > Python"

# In[1]:


import numpy as np


# In[2]:


def linear_predict(X, w, b=0.0):
    X = np.asarray(X, dtype=float)
    w = np.asarray(w, dtype=float)
    if X.ndim != 2 or w.shape != (X.shape[1],):
        raise ValueError("shape")
    return X @ w + b


# In[3]:


def sigmoid(z):
    z = np.asarray(z, dtype=float)
    return np.exp(-np.logaddexp(0, -z))


# In[7]:


get_ipython().run_line_magic('matplotlib', 'inline')
import matplotlib.pyplot as plt
plt.plot(np.linspace(-5, 5), sigmoid(np.linspace(-5, 5)))


# In[4]:


def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    if Z.ndim != 2:
        raise ValueError("shape")
    if Z.shape[1] == 0:
        raise ValueError("empty")
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


# In[12]:


def sum_squared_error(y_true, y_pred):
    d = np.asarray(y_true, dtype=float) - np.asarray(y_pred, dtype=float)
    return float(d @ d)


# In[ ]:




